import type { TaskView } from '../../../routing/index.ts'
import type { Context } from '../context.ts'
import { stepOf } from './configuration.ts'
import type { Workspace } from './workspace.ts'

// Codes of Twilio's debugger.
const NOT_IN_QUEUE = 40152
const NOT_IN_WORKSPACE = 40155

/** Tells the debugger when a step asks for a worker who cannot get the task there; the task waits in it all the same. */
export function checkKnownWorker({ alerts }: Context, workspace: Workspace, task: TaskView): void {
  const target = stepOf(workspace.workflows.get(task.workflowSid), task)?.target
  const path = target?.known_worker_sid ?? target?.known_worker_friendly_name
  if (path === undefined) return
  const value = attributeAt(path, task)
  // An explicit null says that there is none.
  if (value === null) return
  const name = String(value)
  const worker =
    target?.known_worker_sid === undefined
      ? workspace.workers.byName(name.toLowerCase())
      : workspace.workers.get(name)
  const members = workspace.router.queueMembers(task.taskQueueSid ?? '')
  if (worker && members.includes(worker.sid)) return
  const text = `task ${task.sid} asks for worker ${name} (${path}), who is not in its ${worker ? 'queue' : 'workspace'}`
  alerts.add(worker ? NOT_IN_QUEUE : NOT_IN_WORKSPACE, text, { taskSid: task.sid })
}

/** What `task.agent_sid` names among the task's attributes. */
export function attributeAt(path: string, { attributes }: TaskView): unknown {
  return path
    .split('.')
    .slice(1)
    .reduce<unknown>(
      (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
      attributes,
    )
}
