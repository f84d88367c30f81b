import type { Step, Widget } from '../execution/widget.ts'

/** Sets `flow.variables`. */
export const setVariables: Widget = {
  start(step) {
    const variables: Record<string, unknown> = {}
    for (const { key, value, type } of step.pairs('variables')) {
      variables[key] = type === 'json_object' ? parsed(key, value, step) : cast(value)
    }
    return { kind: 'exit', event: 'next', variables, outputs: variables }
  },
}

// A text that is a number and blanks becomes one; a phone number or a code with a leading zero stays a text.
function cast(text: string): string | number {
  const trimmed = text.trim()
  const number = Number(trimmed)
  return Number.isFinite(number) && String(number) === trimmed ? number : text
}

/** The value of a JSON text; the text itself, with a warning, when it is none. */
export function parsed(key: string, text: string, step: Step): unknown {
  try {
    return JSON.parse(text)
  } catch {
    step.alert(81027, `the value of “${key}” is no JSON: ${text.slice(0, 200)}`)
    return text
  }
}
