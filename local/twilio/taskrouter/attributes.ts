import type { Attributes } from '../../../routing/index.ts'
import { badRequest } from '../rest/refusal.ts'

const LONGEST = 4_096

/** Parses the `Attributes` of a worker or a task: the JSON text of an object of at most 4,096 characters. */
export function parseAttributes(text: string): Attributes {
  if (text.length > LONGEST) {
    throw badRequest(`Attributes have ${text.length} characters; at most ${LONGEST} are allowed`)
  }
  const value = parse(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequest(`Attributes must be a JSON object, not ${text}`)
  }
  return value as Attributes
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw badRequest(`Attributes are not valid JSON: ${why}`)
  }
}
