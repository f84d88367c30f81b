import { checked, type Warning } from './check.ts'
import { parseXml, TwimlError } from './element.ts'
import { readVerb } from './read-verb.ts'
import type { Verb } from './verb.ts'

/** A document as plain data, and what was left out of it. */
export type Twiml = { readonly verbs: readonly Verb[]; readonly warnings: readonly Warning[] }

/**
 * Reads a TwiML document. Throws a `TwimlError` (12100) for what is not well-formed or no Response; what merely is
 * not to the schema is skipped, with a warning.
 */
export function parseTwiml(xml: string): Twiml {
  const root = parseXml(xml)
  if (root.name !== 'Response') {
    throw new TwimlError(`the root element is <${root.name}>, not <Response>`)
  }
  const warnings: Warning[] = []
  const response = checked(root, warnings)
  const verbs = response.children
    .map((child) => readVerb(child, warnings))
    .filter((verb) => verb !== null)
  return { verbs, warnings }
}
