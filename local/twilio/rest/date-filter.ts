import type { Parameters } from './parameters.ts'

const DAY_MS = 86_400_000

/** Whether a time passes the parameters `X` (that day), `X<` (before) and `X>` (on or after). */
export function dateFilter(query: Parameters, name: string): (ms: number | null) => boolean {
  const on = query.date(name)
  const before = query.date(`${name}<`)
  const from = query.date(`${name}>`)
  const day = (ms: number) => Math.floor(ms / DAY_MS)
  return (ms) => {
    if (on === undefined && before === undefined && from === undefined) return true
    if (ms === null) return false
    if (on !== undefined && day(ms) !== day(on)) return false
    return (before === undefined || ms < before) && (from === undefined || ms >= from)
  }
}
