import type {
  ReservationView,
  TaskView,
  WorkerChannelView,
  WorkerView,
} from '../router-contract.ts'
import type { Reservation, Task, Worker, WorkerChannel } from './state.ts'

/**
 * The task as it stands now. One view serves until the task changes (`touch`), so that events and questions share it;
 * it never changes itself.
 */
export function viewTask(task: Task): TaskView {
  task.view ??= {
    sid: task.sid,
    workflowSid: task.workflow.sid,
    taskChannelSid: task.channel.sid,
    attributes: task.attributes,
    status: task.status,
    priority: task.priority,
    createdAt: task.createdAt,
    virtualStartTime: task.virtualStartTime,
    timeoutSeconds: task.timeoutSeconds,
    taskQueueSid: task.queue === null ? null : task.queue.sid,
    taskQueueEnteredAt: task.queue === null ? null : task.queueEnteredAt,
    filterIndex: task.step === null ? -1 : task.step.filterIndex,
    targetIndex: task.step === null ? 0 : task.step.targetIndex,
    filterFriendlyName: task.step === null ? null : task.step.filterFriendlyName,
    targetDeadline: task.deadline === Number.POSITIVE_INFINITY ? null : task.deadline,
    reason: task.reason,
    routingTarget: task.routingTarget,
    ignoreCapacity: task.ignoreCapacity,
  }
  return task.view
}

/** The reservation as it stands now; the same rules as for tasks. */
export function viewReservation(reservation: Reservation): ReservationView {
  reservation.view ??= {
    sid: reservation.sid,
    taskSid: reservation.task.sid,
    workerSid: reservation.worker.sid,
    status: reservation.status,
    createdAt: reservation.createdAt,
    updatedAt: reservation.updatedAt,
  }
  return reservation.view
}

/** The worker as he stands now. */
export function viewWorker(worker: Worker): WorkerView {
  return {
    sid: worker.sid,
    friendlyName: worker.friendlyName,
    attributes: worker.attributes,
    activitySid: worker.activity.sid,
    available: worker.activity.available,
    activityChangedAt: worker.activityChangedAt,
  }
}

/** A worker's use of one channel. */
export function viewWorkerChannel(sid: string, channel: WorkerChannel): WorkerChannelView {
  return {
    taskChannelSid: sid,
    configuredCapacity: channel.capacity,
    available: channel.available,
    assignedTasks: channel.accepted,
    availableCapacityPercentage: availablePercentage(channel),
  }
}

/** floor((1 − used / configured) × 100); 0 without capacity, and when more is used than is configured. */
export function availablePercentage({ capacity, used }: WorkerChannel): number {
  // Multiplied first: (1 − 1/10) × 100 is 89.99… in floating point.
  return capacity === 0 ? 0 : Math.max(0, Math.floor(((capacity - used) * 100) / capacity))
}
