/** What a row has of somebody outside who does not answer. */
export type OutageFields = {
  /** Nothing is asked of them before. */
  retryAt: number | null
  /** How often in a row they did not answer. */
  troubles: number
}

const longestRestMs = 30_000

/** They did not answer: they are left alone for a while, longer each time. Whether it is the first time. */
export function goneAway(row: OutageFields, now: number): boolean {
  row.troubles++
  row.retryAt = now + Math.min(1000 * 2 ** Math.min(row.troubles - 1, 5), longestRestMs)
  return row.troubles === 1
}

/** They answered. */
export function cameBack(row: OutageFields): void {
  row.troubles = 0
  row.retryAt = null
}

/** They are asked again once it is time. */
export function endRest(row: OutageFields, now: number): void {
  if (row.retryAt !== null && row.retryAt <= now) row.retryAt = null
}
