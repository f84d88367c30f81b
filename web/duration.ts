/** `0:07`, `12:30`, `1:02:03`; never below zero. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const twoDigits = (value: number) => String(value).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}:${twoDigits(seconds % 60)}`
  return `${Math.floor(minutes / 60)}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}`
}

/** What is left until `endsAt`, rounded up so that it reads 0:00 only when the time is over. */
export function formatRemaining(endsAt: number, now: number): string {
  return formatDuration(Math.ceil((endsAt - now) / 1000) * 1000)
}
