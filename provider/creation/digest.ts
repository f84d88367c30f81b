import { createHash } from 'node:crypto'

/** A digest by which two canonical values are found to mean the same; key order and absent keys say nothing. */
export function digestOf(value: unknown): string {
  const text = JSON.stringify(value ?? null, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item) ? sorted(item) : item,
  )
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}

function sorted(item: object): object {
  const entries = Object.entries(item).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}
