export { closestName } from './centre/closest-name.ts'
export { describeFinding, type Finding, type Rule } from './centre/finding.ts'
export { checkCentre } from './check-centre.ts'
export { compileExpression, type Predicate, type Scope } from './expression/compile.ts'
export { type Condition, conditionsOf } from './expression/conditions.ts'
export type { ExpressionContext } from './expression/context.ts'
export { ExpressionError } from './expression/expression-error.ts'
export { lintExpression } from './expression/lint.ts'
export { type OrderClause, parseOrderBy } from './expression/order-by.ts'
export { parseExpression } from './expression/parse.ts'
export { printExpression } from './expression/print.ts'
export type { Expression } from './expression/tree.ts'
export { type Choices, defaultChoices } from './router/choices.ts'
export { createRouter } from './router/create-router.ts'
export { RouterRefusal } from './router/router-refusal.ts'
export type {
  Attributes,
  Command,
  Millis,
  ReservationEvent,
  ReservationStatus,
  ReservationView,
  Router,
  RouterEvent,
  RouterOptions,
  Sid,
  TaskEvent,
  TaskStatus,
  TaskView,
  WorkerChannelView,
  WorkerEvent,
  WorkerView,
} from './router-contract.ts'
export {
  type Box,
  type Exit,
  exitsOf,
  exitWidth,
  type Place,
  placeOf,
  sizeOf,
} from './studio/canvas.ts'
export { checkFlow } from './studio/check-flow.ts'
export { checkFlowSource } from './studio/check-flow-source.ts'
export { completeFlow } from './studio/complete-flow.ts'
export { describeFlowProblem, type FlowProblem } from './studio/flow-problem.ts'
export {
  type PlacedReference,
  referencesIn,
  replaceReferences,
  resolveReferences,
  standInFor,
} from './studio/flow-references.ts'
export { layOut } from './studio/lay-out.ts'
export {
  type FlowReference,
  fitted,
  referencePieces,
  withoutReferences,
} from './studio/reference-text.ts'
export {
  compileTiers,
  fittingReservationTimeout,
  reservationTimeoutWarning,
  type Tier,
  type TieredConfiguration,
  type TieredFilter,
  UnusableTiers,
} from './tiers.ts'
export { checkWorkflow } from './workflow/check-workflow.ts'
export { describeWorkflowProblem, type WorkflowProblem } from './workflow/workflow-problem.ts'
