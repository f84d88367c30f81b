import type { Command } from '../router-contract.ts'
import { deleteTaskQueue, putTaskQueue } from './queue-commands.ts'
import * as reservations from './reservation-commands.ts'
import type { RouterState } from './state.ts'
import * as tasks from './task-commands.ts'
import * as workers from './worker-commands.ts'
import { deleteWorkflow, putWorkflow } from './workflow-commands.ts'
import * as workspace from './workspace-commands.ts'

/** Does what a command asks, or throws a `RouterRefusal` before anything has changed. */
export function carryOut(state: RouterState, command: Command): void {
  switch (command.kind) {
    case 'tick':
      break
    case 'create-task':
      tasks.createTask(state, command)
      break
    case 'accept-reservation':
      reservations.acceptReservation(state, command)
      break
    case 'complete-task':
      tasks.completeByCommand(state, command)
      break
    case 'wrap-up-task':
      tasks.wrapUpTask(state, command)
      break
    case 'cancel-task':
      tasks.cancelByCommand(state, command)
      break
    case 'reject-reservation':
      reservations.rejectReservation(state, command)
      break
    case 'cancel-reservation':
      reservations.cancelReservation(state, command)
      break
    case 'wrap-up-reservation':
      reservations.wrapUpReservation(state, command)
      break
    case 'complete-reservation':
      reservations.completeReservation(state, command)
      break
    case 'set-worker-activity':
      workers.setWorkerActivity(state, command)
      break
    case 'update-task':
      tasks.updateTask(state, command)
      break
    case 'return-task':
      tasks.returnTask(state, command)
      break
    case 'delete-task':
      tasks.deleteTask(state, command)
      break
    case 'put-workspace':
      workspace.putWorkspace(state, command)
      break
    case 'put-activity':
      workspace.putActivity(state, command)
      break
    case 'delete-activity':
      workspace.deleteActivity(state, command)
      break
    case 'put-task-channel':
      workspace.putTaskChannel(state, command)
      break
    case 'delete-task-channel':
      workspace.deleteTaskChannel(state, command)
      break
    case 'put-worker':
      workers.putWorker(state, command)
      break
    case 'put-worker-channel':
      workspace.putWorkerChannel(state, command)
      break
    case 'delete-worker':
      workers.deleteWorker(state, command)
      break
    case 'put-task-queue':
      putTaskQueue(state, command)
      break
    case 'delete-task-queue':
      deleteTaskQueue(state, command)
      break
    case 'put-workflow':
      putWorkflow(state, command)
      break
    case 'delete-workflow':
      deleteWorkflow(state, command)
      break
    default:
      throw new Error(`No such command: ${JSON.stringify(command satisfies never)}`)
  }
}
