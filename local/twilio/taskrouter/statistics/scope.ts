import type { TaskView } from '../../../../routing/index.ts'
import type { EventFacts } from '../event-log.ts'

/** Whose tasks and reservations are counted: the workspace's, a queue's, a workflow's; or of one channel only. */
export type Scope = {
  readonly taskQueueSid?: string
  readonly workflowSid?: string
  readonly taskChannelSid?: string
}

/** Whether a task counts. */
export function taskCounts(scope: Scope, task: TaskView): boolean {
  return (
    (scope.taskQueueSid === undefined || task.taskQueueSid === scope.taskQueueSid) &&
    (scope.workflowSid === undefined || task.workflowSid === scope.workflowSid) &&
    (scope.taskChannelSid === undefined || task.taskChannelSid === scope.taskChannelSid)
  )
}

/** Whether an event counts. One about leaving a queue counts for the queue that was left. */
export function eventCounts(scope: Scope, type: string, facts: EventFacts): boolean {
  const left = type === 'task-queue.moved' || type === 'task-queue.timeout'
  const queueMatches =
    scope.taskQueueSid === undefined ||
    facts.taskQueueSid === scope.taskQueueSid ||
    (left && facts.previousTaskQueueSid === scope.taskQueueSid)
  return (
    queueMatches &&
    (scope.workflowSid === undefined || facts.workflowSid === scope.workflowSid) &&
    (scope.taskChannelSid === undefined || facts.taskChannelSid === scope.taskChannelSid)
  )
}
