import { pendingEvents } from './events.ts'
import { tasksInOrder } from './live-tasks.ts'
import type { RouterSnapshot, TaskSnapshot, WorkerSnapshot } from './snapshot-schema.ts'
import type { RouterState, Task, Worker } from './state.ts'
import { timerOrder } from './timers.ts'
import { livePlans } from './workflow-commands.ts'

/**
 * Everything the router knows as plain JSON, for `restoreSnapshot`. Attributes and configurations are the router's own, which it
 * replaces but never changes: a centre of thousands is written down often.
 */
export function takeSnapshot(state: RouterState): RouterSnapshot {
  return {
    version: 1,
    now: Number.isFinite(state.now) ? state.now : null,
    timeoutActivitySid: state.timeoutActivitySid,
    prioritizeQueueOrder: state.prioritizeQueueOrder,
    counters: { ...state.counters },
    activities: [...state.activities.values()].map(({ sid, friendlyName, available }) => ({
      sid,
      friendlyName,
      available,
    })),
    channels: [...state.channels.values()].map(({ sid, uniqueName, channelOptimizedRouting }) => ({
      sid,
      uniqueName,
      channelOptimizedRouting,
    })),
    queues: [...state.queues.values()].map((queue) => ({
      sid: queue.sid,
      friendlyName: queue.friendlyName,
      targetWorkers: queue.targetWorkers,
      maxReservedWorkers: queue.maxReservedWorkers,
      taskOrder: queue.taskOrder,
    })),
    workers: [...state.workers.values()].map((worker) => snapshotWorker(state, worker)),
    plans: [...livePlans(state)].map(({ id, workflowSid, configuration }) => ({
      id,
      workflowSid,
      configuration,
    })),
    workflows: [...state.workflows.values()].map((workflow) => ({
      sid: workflow.sid,
      friendlyName: workflow.friendlyName,
      reservationTimeoutMs: workflow.reservationTimeoutMs,
      planId: workflow.plan.id,
    })),
    tasks: tasksInOrder(state).map((task) => snapshotTask(state, task)),
    undelivered: [...pendingEvents(state)],
  }
}

function snapshotWorker(state: RouterState, worker: Worker): WorkerSnapshot {
  return {
    sid: worker.sid,
    friendlyName: worker.friendlyName,
    attributes: worker.attributes,
    activitySid: worker.activity.sid,
    activityChangedAt: worker.activityChangedAt,
    order: worker.order,
    lastAssignment: worker.lastAssignment,
    channels: [...state.channels.values()].flatMap(({ sid, index }) => {
      const own = worker.channels[index]
      if (own === undefined) return []
      const { capacity, available, lastAssignment } = own
      return [{ taskChannelSid: sid, capacity, available, lastAssignment }]
    }),
    reservationSids: worker.reservations.map(({ sid }) => sid),
  }
}

function snapshotTask(state: RouterState, task: Task): TaskSnapshot {
  const { status, step, queue } = task
  // A live task that is at rest is always in a step of its workflow.
  if (step === null || queue === null || status === 'completed' || status === 'canceled') {
    throw new Error(`Task ${task.sid} is in no step`)
  }
  return {
    sid: task.sid,
    workflowSid: task.workflow.sid,
    planId: task.plan.id,
    taskChannelSid: task.channel.sid,
    attributes: task.attributes,
    status,
    priority: task.priority,
    createdAt: task.createdAt,
    virtualStartTime: task.virtualStartTime,
    timeoutSeconds: task.timeoutSeconds,
    routingTarget: task.routingTarget,
    targetWorkerSid: task.targetWorkerSid,
    ignoreCapacity: task.ignoreCapacity,
    order: task.order,
    filterIndex: step.filterIndex,
    targetIndex: step.targetIndex,
    direct: step === queue.directStep,
    taskQueueSid: queue.sid,
    queueEnteredAt: task.queueEnteredAt,
    deadline: task.deadline === Number.POSITIVE_INFINITY ? null : task.deadline,
    baseAge: task.baseAge,
    timedOut: task.timedOut,
    endsAt: task.endsAt,
    assignments: task.assignments,
    reason: task.reason,
    timerOrder: timerOrder(state, task),
    reservations: task.reservations.map((reservation) => ({
      sid: reservation.sid,
      workerSid: reservation.worker.sid,
      taskChannelSid: reservation.channel.sid,
      status: reservation.status,
      createdAt: reservation.createdAt,
      updatedAt: reservation.updatedAt,
    })),
  }
}
