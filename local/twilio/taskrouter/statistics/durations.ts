/** Mean, bounds and sum of durations, in whole seconds. */
export type Durations = {
  readonly avg: number
  readonly min: number
  readonly max: number
  readonly total: number
}

/** Sums up durations of ms; zeros when there are none. How Twilio rounds is not documented. */
export function durationsOf(ms: readonly number[]): Durations {
  if (ms.length === 0) return { avg: 0, min: 0, max: 0, total: 0 }
  let total = 0
  let min = Infinity
  let max = 0
  for (const one of ms) {
    total += one
    min = Math.min(min, one)
    max = Math.max(max, one)
  }
  const seconds = (value: number) => Math.round(value / 1000)
  return {
    avg: seconds(total / ms.length),
    min: seconds(min),
    max: seconds(max),
    total: seconds(total),
  }
}
