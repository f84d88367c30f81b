import * as pulumi from '@pulumi/pulumi'
import type { Found, LookUpArgs, LookUpInputs } from '../program/found.ts'
import type { ActivityInputs } from './activity.ts'
import type { TaskQueueInputs } from './task-queue.ts'
import type { WorkerInputs } from './worker.ts'
import type { WorkflowInputs } from './workflow.ts'
import type { WorkspaceInputs } from './workspace.ts'

type Named = LookUpArgs<'friendlyName'>
type InWorkspace = LookUpArgs<'workspaceSid' | 'friendlyName'>

/** The workspace of this name. Fails when there is none, or several. */
export function getWorkspace(
  args: Named,
  options?: pulumi.InvokeOptions,
): Promise<Found<WorkspaceInputs>> {
  return pulumi.runtime.invoke('twilio:taskrouter:getWorkspace', args, options)
}

/** The same for a name that is an output. */
export function getWorkspaceOutput(
  args: LookUpInputs<Named>,
  options?: pulumi.InvokeOutputOptions,
): pulumi.Output<Found<WorkspaceInputs>> {
  return pulumi.runtime.invokeOutput('twilio:taskrouter:getWorkspace', args, options)
}

/** The activity of this name in the workspace. */
export function getActivity(
  args: InWorkspace,
  options?: pulumi.InvokeOptions,
): Promise<Found<ActivityInputs>> {
  return pulumi.runtime.invoke('twilio:taskrouter:getActivity', args, options)
}

/** The same for arguments that are outputs. */
export function getActivityOutput(
  args: LookUpInputs<InWorkspace>,
  options?: pulumi.InvokeOutputOptions,
): pulumi.Output<Found<ActivityInputs>> {
  return pulumi.runtime.invokeOutput('twilio:taskrouter:getActivity', args, options)
}

/** The worker of this name in the workspace. */
export function getWorker(
  args: InWorkspace,
  options?: pulumi.InvokeOptions,
): Promise<Found<WorkerInputs>> {
  return pulumi.runtime.invoke('twilio:taskrouter:getWorker', args, options)
}

/** The same for arguments that are outputs. */
export function getWorkerOutput(
  args: LookUpInputs<InWorkspace>,
  options?: pulumi.InvokeOutputOptions,
): pulumi.Output<Found<WorkerInputs>> {
  return pulumi.runtime.invokeOutput('twilio:taskrouter:getWorker', args, options)
}

/** The queue of this name in the workspace. Fails when there is none, or several. */
export function getTaskQueue(
  args: InWorkspace,
  options?: pulumi.InvokeOptions,
): Promise<Found<TaskQueueInputs>> {
  return pulumi.runtime.invoke('twilio:taskrouter:getTaskQueue', args, options)
}

/** The same for arguments that are outputs. */
export function getTaskQueueOutput(
  args: LookUpInputs<InWorkspace>,
  options?: pulumi.InvokeOutputOptions,
): pulumi.Output<Found<TaskQueueInputs>> {
  return pulumi.runtime.invokeOutput('twilio:taskrouter:getTaskQueue', args, options)
}

/** The workflow of this name in the workspace. Fails when there is none, or several. */
export function getWorkflow(
  args: InWorkspace,
  options?: pulumi.InvokeOptions,
): Promise<Found<WorkflowInputs>> {
  return pulumi.runtime.invoke('twilio:taskrouter:getWorkflow', args, options)
}

/** The same for arguments that are outputs. */
export function getWorkflowOutput(
  args: LookUpInputs<InWorkspace>,
  options?: pulumi.InvokeOutputOptions,
): pulumi.Output<Found<WorkflowInputs>> {
  return pulumi.runtime.invokeOutput('twilio:taskrouter:getWorkflow', args, options)
}
