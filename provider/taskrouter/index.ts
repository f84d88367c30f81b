export {
  getActivity,
  getActivityOutput,
  getTaskQueue,
  getTaskQueueOutput,
  getWorker,
  getWorkerOutput,
  getWorkflow,
  getWorkflowOutput,
  getWorkspace,
  getWorkspaceOutput,
} from './look-ups.ts'
export {
  Activity,
  TaskChannel,
  TaskQueue,
  Worker,
  WorkerChannel,
  Workflow,
  Workspace,
  WorkspaceDefaults,
} from './resources.ts'
