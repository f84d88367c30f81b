import type { CentreSettings } from '../../schemas/index.ts'

type Hours = NonNullable<CentreSettings['hours']>

const dayMinutes = 24 * 60
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const formats = new Map<string, Intl.DateTimeFormat>()

/** Whether the centre is open at that time, in its own time zone. A span may run past midnight. */
export function isOpen(hours: Hours | undefined, atMs: number): boolean {
  if (!hours) return true
  const { day, minute } = localTime(hours.timeZone, atMs)
  const dayBefore = day === 1 ? 7 : day - 1
  return hours.open.some(({ days, from, to }) => {
    const opens = minuteOf(from)
    const closes = minuteOf(to) > opens ? minuteOf(to) : minuteOf(to) + dayMinutes
    return (
      (days.includes(day) && opens <= minute && minute < closes) ||
      (days.includes(dayBefore) && minute + dayMinutes < closes)
    )
  })
}

function localTime(timeZone: string, atMs: number): { day: number; minute: number } {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
    formats.set(timeZone, format)
  }
  const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, value]))
  return {
    day: weekdays.indexOf(parts.get('weekday') ?? '') + 1,
    minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
  }
}

function minuteOf(clockTime: string): number {
  const [hour, minute] = clockTime.split(':')
  return Number(hour) * 60 + Number(minute)
}
