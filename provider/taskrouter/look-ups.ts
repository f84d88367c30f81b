import { type Found, type LookUpArgs, lookUp, lookUpOutput } from '../program/looked-up.ts'
import type { ActivityInputs } from './activity.ts'
import type { TaskQueueInputs } from './task-queue.ts'
import type { WorkerInputs } from './worker.ts'
import type { WorkflowInputs } from './workflow.ts'
import type { WorkspaceInputs } from './workspace.ts'

type Named = LookUpArgs<'friendlyName'>
type InWorkspace = LookUpArgs<'workspaceSid' | 'friendlyName'>

const tokens = {
  workspace: 'twilio:taskrouter:getWorkspace',
  activity: 'twilio:taskrouter:getActivity',
  worker: 'twilio:taskrouter:getWorker',
  taskQueue: 'twilio:taskrouter:getTaskQueue',
  workflow: 'twilio:taskrouter:getWorkflow',
}

/** The workspace of this name. */
export const getWorkspace = lookUp<Named, Found<WorkspaceInputs>>(tokens.workspace)
export const getWorkspaceOutput = lookUpOutput<Named, Found<WorkspaceInputs>>(tokens.workspace)

/** The activity of this name in the workspace. */
export const getActivity = lookUp<InWorkspace, Found<ActivityInputs>>(tokens.activity)
export const getActivityOutput = lookUpOutput<InWorkspace, Found<ActivityInputs>>(tokens.activity)

/** The worker of this name in the workspace. */
export const getWorker = lookUp<InWorkspace, Found<WorkerInputs>>(tokens.worker)
export const getWorkerOutput = lookUpOutput<InWorkspace, Found<WorkerInputs>>(tokens.worker)

/** The queue of this name in the workspace. */
export const getTaskQueue = lookUp<InWorkspace, Found<TaskQueueInputs>>(tokens.taskQueue)
export const getTaskQueueOutput = lookUpOutput<InWorkspace, Found<TaskQueueInputs>>(
  tokens.taskQueue,
)

/** The workflow of this name in the workspace. */
export const getWorkflow = lookUp<InWorkspace, Found<WorkflowInputs>>(tokens.workflow)
export const getWorkflowOutput = lookUpOutput<InWorkspace, Found<WorkflowInputs>>(tokens.workflow)
