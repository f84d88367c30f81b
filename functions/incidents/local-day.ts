const dayMs = 24 * 3_600_000
const formats = new Map<string, Intl.DateTimeFormat>()

/** The day (YYYY-MM-DD) of a moment in a time zone. */
export function dayIn(timeZone: string, atMs: number): string {
  // Swedish dates are ISO dates.
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone })
  formats.set(timeZone, format)
  return format.format(atMs)
}

/** The day that many days later, or earlier. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10)
}

/** So many days in their order, this one the last. */
export function daysUpTo(day: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => dayAfter(day, i + 1 - count))
}
