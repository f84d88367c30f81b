import * as pulumi from '@pulumi/pulumi'
import type { Args } from '../program/inputs.ts'
import { type ActivityInputs, activity } from './activity.ts'
import { type TaskChannelInputs, taskChannel } from './task-channel.ts'
import { type TaskQueueInputs, taskQueue } from './task-queue.ts'
import { type WorkerInputs, worker } from './worker.ts'
import { type WorkerChannelInputs, workerChannel } from './worker-channel.ts'
import { type WorkflowInputs, workflow } from './workflow.ts'
import { type WorkspaceInputs, workspace } from './workspace.ts'
import { type WorkspaceDefaultsInputs, workspaceDefaults } from './workspace-defaults.ts'

// The classes stand apart from the descriptions: the provider's process reads those without loading Pulumi's SDK.

// An output is declared by passing it as undefined: the engine fills it in.
const computed = { sid: undefined }

/** A TaskRouter workspace. Deleting it deletes everything in it. */
export class Workspace extends pulumi.CustomResource {
  declare readonly sid: pulumi.Output<string>
  declare readonly friendlyName: pulumi.Output<string>

  constructor(name: string, args: Args<WorkspaceInputs>, options?: pulumi.CustomResourceOptions) {
    super(workspace.token, name, { ...args, ...computed }, options)
  }
}

/** The default and the timeout activity of a workspace. */
export class WorkspaceDefaults extends pulumi.CustomResource {
  declare readonly defaultActivitySid: pulumi.Output<string>
  declare readonly timeoutActivitySid: pulumi.Output<string>

  constructor(
    name: string,
    args: Args<WorkspaceDefaultsInputs>,
    options?: pulumi.CustomResourceOptions,
  ) {
    super(workspaceDefaults.token, name, { ...args }, options)
  }
}

/** An activity of workers; one that a new workspace comes with is adopted, and kept on delete. */
export class Activity extends pulumi.CustomResource {
  declare readonly sid: pulumi.Output<string>
  declare readonly friendlyName: pulumi.Output<string>
  declare readonly available: pulumi.Output<boolean>

  constructor(name: string, args: Args<ActivityInputs>, options?: pulumi.CustomResourceOptions) {
    super(activity.token, name, { ...args, ...computed }, options)
  }
}

/** A worker, with the attributes that queues and workflows choose by. */
export class Worker extends pulumi.CustomResource {
  declare readonly sid: pulumi.Output<string>
  declare readonly friendlyName: pulumi.Output<string>
  declare readonly attributes: pulumi.Output<Readonly<Record<string, unknown>>>

  constructor(name: string, args: Args<WorkerInputs>, options?: pulumi.CustomResourceOptions) {
    super(worker.token, name, { ...args, ...computed }, options)
  }
}

/** How many tasks of a channel a worker has at once: a part of the worker, only set. */
export class WorkerChannel extends pulumi.CustomResource {
  declare readonly sid: pulumi.Output<string>
  declare readonly taskChannelSid: pulumi.Output<string>

  constructor(
    name: string,
    args: Args<WorkerChannelInputs>,
    options?: pulumi.CustomResourceOptions,
  ) {
    super(workerChannel.token, name, { ...args, ...computed, taskChannelSid: undefined }, options)
  }
}

/** A kind of work with a capacity of its own for each worker. */
export class TaskChannel extends pulumi.CustomResource {
  declare readonly sid: pulumi.Output<string>
  declare readonly uniqueName: pulumi.Output<string>

  constructor(name: string, args: Args<TaskChannelInputs>, options?: pulumi.CustomResourceOptions) {
    super(taskChannel.token, name, { ...args, ...computed }, options)
  }
}

/** A queue of tasks, served by the workers that an expression selects. */
export class TaskQueue extends pulumi.CustomResource {
  declare readonly sid: pulumi.Output<string>
  declare readonly friendlyName: pulumi.Output<string>

  constructor(name: string, args: Args<TaskQueueInputs>, options?: pulumi.CustomResourceOptions) {
    super(taskQueue.token, name, { ...args, ...computed }, options)
  }
}

/** Which tasks go to which queue, for how long, and what happens then. */
export class Workflow extends pulumi.CustomResource {
  declare readonly sid: pulumi.Output<string>
  declare readonly friendlyName: pulumi.Output<string>
  declare readonly configuration: pulumi.Output<WorkflowInputs['configuration']>

  constructor(name: string, args: Args<WorkflowInputs>, options?: pulumi.CustomResourceOptions) {
    super(workflow.token, name, { ...args, ...computed }, options)
  }
}
