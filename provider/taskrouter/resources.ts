import { resourceClass } from '../program/resource-class.ts'
import { type ActivityInputs, activity } from './activity.ts'
import { type TaskChannelInputs, taskChannel } from './task-channel.ts'
import { type TaskQueueInputs, taskQueue } from './task-queue.ts'
import { type WorkerInputs, worker } from './worker.ts'
import { type WorkerChannelInputs, workerChannel } from './worker-channel.ts'
import { type WorkflowInputs, workflow } from './workflow.ts'
import { type WorkspaceInputs, workspace } from './workspace.ts'
import { type WorkspaceDefaultsInputs, workspaceDefaults } from './workspace-defaults.ts'

type Channel = { readonly sid: string; readonly taskChannelSid: string }

/** A TaskRouter workspace. Deleting it deletes everything in it. */
export class Workspace extends resourceClass<WorkspaceInputs>(workspace) {}

/** The default and the timeout activity of a workspace. */
export class WorkspaceDefaults extends resourceClass<WorkspaceDefaultsInputs, object>(
  workspaceDefaults,
) {}

/** An activity of workers; one that a new workspace comes with is adopted, and kept on delete. */
export class Activity extends resourceClass<ActivityInputs>(activity) {}

/** A worker, with the attributes that queues and workflows choose by. */
export class Worker extends resourceClass<WorkerInputs>(worker) {}

/** How many tasks of a channel a worker has at once: a part of the worker, only set. */
export class WorkerChannel extends resourceClass<WorkerChannelInputs, Channel>(workerChannel) {}

/** A kind of work with a capacity of its own for each worker. */
export class TaskChannel extends resourceClass<TaskChannelInputs>(taskChannel) {}

/** A queue of tasks, served by the workers that an expression selects. */
export class TaskQueue extends resourceClass<TaskQueueInputs>(taskQueue) {}

/** Which tasks go to which queue, for how long, and what happens then. */
export class Workflow extends resourceClass<WorkflowInputs>(workflow) {}
