import type { Attempt, Incident } from './incident.ts'

/** One thing that must be so outside, and is not yet. Each may be carried out twice. */
export type IncidentEffect =
  | { readonly kind: 'look-worker'; readonly attempt: Attempt }
  | { readonly kind: 'start-execution'; readonly attempt: Attempt }
  | { readonly kind: 'find-execution'; readonly attempt: Attempt }
  | { readonly kind: 'look-execution'; readonly attempt: Attempt }
  | { readonly kind: 'end-execution'; readonly attempt: Attempt }
  | { readonly kind: 'hand-over' }
  | { readonly kind: 'watch' }
  | { readonly kind: 'record' }
  | { readonly kind: 'close' }

/** How long a creation is given before it is looked for; each further look is given twice the time. */
export const findMs = 2_000

/** What to do next; null: nothing until `nextAt`. Calls come before everything that is only written down. */
export function nextEffect(hunt: Incident, now: number): IncidentEffect | null {
  if (hunt.closed) return null
  const { attempt } = hunt
  const twilioRests = hunt.retryAt !== null && hunt.retryAt > now
  const effect = attempt && !twilioRests ? forAttempt(attempt, now) : null
  if (effect) return effect
  if (hunt.notes.length > 0) return { kind: 'hand-over' }
  if (hunt.state === 'hunting') return hunt.watchAt <= now ? { kind: 'watch' } : null
  if (attempt) return null
  return hunt.recorded ? { kind: 'close' } : { kind: 'record' }
}

/** Writes down that the effect is begun, so that after a crash the execution is looked for before another one is started. */
export function begin(hunt: Incident, effect: IncidentEffect, now: number): void {
  if (effect.kind !== 'start-execution' || !hunt.attempt) return
  hunt.attempt.phase = 'begun'
  hunt.attempt.lookAt = now + findMs
  hunt.attempt.looks = 0
}

/** When the hunt wants to be looked at again though nobody tells it anything; null: never. */
export function nextAt(hunt: Incident): number | null {
  if (hunt.closed) return null
  const forAttempt = hunt.attempt && Math.max(hunt.attempt.lookAt, hunt.retryAt ?? 0)
  const times = [forAttempt, hunt.state === 'hunting' ? hunt.watchAt : null]
  const known = times.filter((at) => at !== null)
  return known.length > 0 ? Math.min(...known) : null
}

function forAttempt(attempt: Attempt, now: number): IncidentEffect | null {
  switch (attempt.phase) {
    case 'checking':
      return { kind: 'look-worker', attempt }
    case 'wanted':
      return { kind: 'start-execution', attempt }
    case 'begun':
      return now >= attempt.lookAt ? { kind: 'find-execution', attempt } : null
    case 'live':
      return now >= attempt.lookAt ? { kind: 'look-execution', attempt } : null
    case 'ending':
      return { kind: 'end-execution', attempt }
    default:
      throw new Error(`Unknown phase ${attempt.phase satisfies never}`)
  }
}
