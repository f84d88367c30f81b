/**
 * What a Studio flow does, as Studio keeps it: widgets that lead to each other by name. Loosely typed, since every type of widget
 * has properties of its own; `checkFlow` says what is wrong with one.
 */
export type FlowDefinition = {
  readonly $schema?: string
  readonly description?: string
  readonly states: readonly FlowState[]
  /** Name of the trigger. */
  readonly initial_state: string
  readonly flags?: {
    /** Whether one caller may have several live calls in the flow. */
    readonly allow_concurrent_calls: boolean
  }
}

/** A widget of a flow. */
export type FlowState = {
  /** Unique in the flow; templates call it `widgets.<name>`. */
  readonly name: string
  /** `say-play`, one of `widgetTypes`. */
  readonly type: string
  readonly transitions: readonly FlowTransition[]
  readonly properties: Readonly<Record<string, unknown>>
}

/** Where a widget leads. */
export type FlowTransition = {
  readonly event: string
  /** Name of the next widget; absent: the flow ends here. */
  readonly next?: string
  /** Only on `match`: all of them have to hold. */
  readonly conditions?: readonly FlowCondition[]
}

/** One condition of a branch. */
export type FlowCondition = {
  readonly friendly_name: string
  readonly arguments: readonly string[]
  /** `equal_to`, one of `conditionTypes`. */
  readonly type: string
  readonly value: string
}

/** What `$schema` says, if a definition has one. */
export const flowSchema = 'https://schemas.twilio.com/studio/draft/2019-09/flow-definition'

/** Every `type` of a condition. */
export const conditionTypes = [
  'equal_to',
  'not_equal_to',
  'matches_any_of',
  'does_not_match_any_of',
  'contains',
  'does_not_contain',
  'starts_with',
  'does_not_start_with',
  'is_blank',
  'is_not_blank',
  'regex',
  'less_than',
  'greater_than',
  'is_before_date',
  'is_after_date',
  'is_before_time',
  'is_after_time',
] as const

/** Most bytes of a definition as JSON. */
export const mostDefinitionBytes = 1 << 20

/** Executions of a flow with more widgets than this fail, those of its sub-flows counted in. */
export const mostWidgets = 2_000
