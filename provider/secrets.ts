import type { ResourceDescription } from './description.ts'
import type { Properties } from './values.ts'

/** The properties that are secrets: those that were marked so, and those that the description knows to be. */
export function secretsOf(
  resource: ResourceDescription,
  properties: Properties,
  marked: ReadonlySet<string> = new Set(),
): ReadonlySet<string> {
  const { secrets = [], secretWhen } = resource
  return new Set([...marked, ...secrets, ...(secretWhen?.(properties) ?? [])])
}
