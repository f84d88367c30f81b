import type { Parameters } from '../rest/parameters.ts'
import { badRequest } from '../rest/refusal.ts'

/** A span of the history, in ms since the epoch, both ends included. */
export type Window = { readonly from: number; readonly to: number }

const DEFAULT_MINUTES = 15

/** Reads `StartDate`, `EndDate` and `Minutes` (default 15); `StartDate` wins over `Minutes`. */
export function readWindow(query: Parameters, now: number): Window {
  const to = query.date('EndDate') ?? now
  const minutes = query.integer('Minutes', { min: 1 }) ?? DEFAULT_MINUTES
  const from = query.date('StartDate') ?? to - minutes * 60_000
  if (from > to) throw badRequest('StartDate must not be after EndDate')
  return { from, to }
}
