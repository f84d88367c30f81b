import { badRequest } from './refusal.ts'

/** Parses a parameter that holds JSON text; refuses with 400 when it does not. */
export function parseJson(parameter: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw badRequest(`${parameter} is not valid JSON: ${why}`)
  }
}

/** Whether a JSON value is an object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
