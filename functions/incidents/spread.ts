import type { IncidentMetrics } from '../../schemas/index.ts'

type Spread = IncidentMetrics['total']['secondsToAcknowledge']

/** Mean, median and the value that nine of ten do not exceed; null of nothing. */
export function spreadOf(values: readonly number[]): Spread {
  const mean = meanOf(values)
  if (mean === null) return null
  const sorted = values.toSorted((a, b) => a - b)
  const at = (place: number) => sorted[place] ?? mean
  const middle = sorted.length / 2
  return {
    mean,
    median: (at(Math.ceil(middle) - 1) + at(Math.floor(middle))) / 2,
    p90: at(Math.ceil(sorted.length * 0.9) - 1),
  }
}

/** Null of nothing. */
export function meanOf(values: readonly number[]): number | null {
  return values.length > 0 ? sum(values) / values.length : null
}

/** 0 of nothing. */
export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
