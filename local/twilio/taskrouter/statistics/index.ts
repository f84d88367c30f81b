export { createTaskQueueStatistics } from './task-queue-statistics.ts'
export { createWorkerStatistics } from './worker-statistics.ts'
export { createWorkflowStatistics } from './workflow-statistics.ts'
export { createWorkspaceStatistics } from './workspace-statistics.ts'
