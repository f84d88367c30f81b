export { createPaint, type Paint } from './display/paint.ts'
export { toJson } from './display/plan-json.ts'
export { renderEvent } from './display/progress.ts'
export { type RenderOptions, renderPlan, renderSummary } from './display/render-plan.ts'
export {
  createEngine,
  type Engine,
  type EngineOptions,
  type PendingOperationName,
  type RefreshOptions,
} from './engine.ts'
export {
  CheckpointRefused,
  EngineError,
  ProjectError,
  ProviderUnavailable,
  ResourceError,
  StackLocked,
  Unsupported,
  WrongPassphrase,
} from './errors.ts'
export type { Diagnostic, EngineEvent, StepOp, StepResult } from './planning/step.ts'
export type { Imported, Survey } from './planning/survey.ts'
export type { DetailedDiff, DiffKind, ListedObject } from './provider/provider.ts'
export type { OperationKind, OperationResult, Summary } from './result.ts'
export type { ConfigOverrides } from './stack-config.ts'
export type { ResourceState } from './state/resource-state.ts'
export {
  isSecret,
  type PropertyMap,
  type PropertyValue,
  unwrapSecrets,
} from './values/property-value.ts'
