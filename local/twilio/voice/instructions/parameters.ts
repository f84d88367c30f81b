import type { ProgressCallback, RecordingCallback } from '../twiml/index.ts'

/** An instruction's parameters, snake case. */
export type InstructionParameters = Readonly<Record<string, string>>

/** `true` in any case is true, anything else false; `standard` when absent. */
export function flag(parameters: InstructionParameters, name: string, standard: boolean): boolean {
  const value = parameters[name]
  return value === undefined || value === '' ? standard : /^true$/i.test(value)
}

/** `<name>`, `<name>_method` and `<name>_events` (or `_event`), a list separated by commas or spaces. */
export function callbackOf(
  parameters: InstructionParameters,
  name: string,
  events: readonly string[],
): (ProgressCallback & RecordingCallback) | null {
  const url = parameters[name]
  if (!url) return null
  const listed = parameters[`${name}_events`] ?? parameters[`${name}_event`]
  return {
    url,
    method: parameters[`${name}_method`]?.toUpperCase() === 'GET' ? 'GET' : 'POST',
    events: listed ? listed.split(/[\s,]+/).filter(Boolean) : events,
  }
}
