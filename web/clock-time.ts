/** The time of day, `14:03:27`, from ms since the epoch or ISO 8601. */
export function formatClockTime(at: number | string): string {
  return new Date(at).toLocaleTimeString('en-GB', { hour12: false })
}
