export { type AppSettings, appSettings } from './app-settings.ts'
export { type CentreDeclaration, centreDeclaration } from './centre-declaration.ts'
export { type CentreSettings, centreSettings } from './centre-settings.ts'
export { type PhoneProfiles, phoneProfiles } from './phone-profile.ts'
export { routes } from './routes.ts'
export { defineSchema, InvalidInput, type Problem, type Schema, type TypeOf } from './schema.ts'
export { type StackConfiguration, stackConfiguration } from './stack-configuration.ts'
export { type TierNames, tierNames } from './tier-names.ts'
export {
  type WorkflowConfiguration,
  type WorkflowFilter,
  type WorkflowTarget,
  workflowConfiguration,
} from './workflow-configuration.ts'
