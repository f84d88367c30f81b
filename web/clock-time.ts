/** The time of day, `14:03:27`, from ms since the epoch or ISO 8601. */
export function formatClockTime(at: number | string): string {
  return new Date(at).toLocaleTimeString('en-GB', { hour12: false })
}

/** The time of day, and before it the date, `20 Nov, 14:03:27`, if that is not the day of `now`. */
export function formatMoment(at: number | string, now: number): string {
  const moment = new Date(at)
  const time = formatClockTime(at)
  if (moment.toDateString() === new Date(now).toDateString()) return time
  return `${moment.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })}, ${time}`
}
