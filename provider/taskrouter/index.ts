export {
  Activity,
  TaskChannel,
  TaskQueue,
  Worker,
  Workflow,
  Workspace,
  WorkspaceDefaults,
} from './resources.ts'
