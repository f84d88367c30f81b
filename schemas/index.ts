export { type AppSettings, appSettings } from './app-settings.ts'
export { type CentreSettings, centreSettings } from './centre-settings.ts'
export { routes } from './routes.ts'
export { defineSchema, InvalidInput, type Problem, type Schema, type TypeOf } from './schema.ts'
export {
  type WorkflowConfiguration,
  type WorkflowFilter,
  type WorkflowTarget,
  workflowConfiguration,
} from './workflow-configuration.ts'
