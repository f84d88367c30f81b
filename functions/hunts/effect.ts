import type { Claim, Hunt, HuntTask } from './hunt.ts'

/** One thing that must be so outside, and is not yet. Each may be carried out twice. */
export type Effect =
  | { readonly kind: 'end-stray'; readonly callSid: string }
  | { readonly kind: 'reject'; readonly task: HuntTask; readonly reservationSid: string }
  | { readonly kind: 'find-task'; readonly key: string }
  | { readonly kind: 'end-task'; readonly task: HuntTask }
  | { readonly kind: 'create-task'; readonly task: HuntTask }
  | { readonly kind: 'look-task'; readonly task: HuntTask }
  | { readonly kind: 'accept-reservation'; readonly claim: Claim }
  | { readonly kind: 'set-end-on-exit' }
  | { readonly kind: 'create-leg'; readonly claim: Claim }
  | { readonly kind: 'find-leg'; readonly claim: Claim }
  | { readonly kind: 'look-leg' | 'end-leg'; readonly claim: Claim }
  | { readonly kind: 'watch' }
  | { readonly kind: 'fallback'; readonly again: boolean }
  | { readonly kind: 'tell' }
  | { readonly kind: 'close' }

/** How long a creation is given before it is looked for. */
export const findMs = 2_000

/**
 * What to do next; null: nothing until `nextAt`. It depends on nothing but the row, so whoever comes to it, after whatever
 * happened to the one before, goes on with the same.
 */
export function nextEffect(hunt: Hunt, now: number): Effect | null {
  if (hunt.retryAt !== null && hunt.retryAt > now) return null
  // Also when the hunt is closed: whoever fell behind may ring a phone after its end.
  const [callSid] = hunt.strays
  if (callSid !== undefined) return { kind: 'end-stray', callSid }
  if (hunt.closed) return null
  const effect = forAcceptance(hunt) ?? forTasks(hunt, now)
  if (effect) return effect
  const forSeat = hunt.claim && forLeg(hunt, hunt.claim, now)
  if (forSeat) return forSeat
  if (hunt.state === 'offering') return now >= hunt.watchAt ? { kind: 'watch' } : null
  if (hunt.fallbackPhase === 'due' || hunt.fallbackPhase === 'begun') {
    return { kind: 'fallback', again: hunt.fallbackPhase === 'begun' }
  }
  if (hunt.told === 'due') return { kind: 'tell' }
  const isOver = hunt.tasks.length === 0 && (!hunt.claim || hunt.claim.phase === 'over')
  return isOver ? { kind: 'close' } : null
}

/** Writes down that the effect is begun, so that after a crash it is looked for before it is done again. */
export function begin(hunt: Hunt, effect: Effect, now: number): void {
  if (effect.kind === 'create-task') {
    const task = hunt.tasks.find(({ key }) => key === effect.task.key)
    if (!task) return
    task.phase = 'begun'
    task.lookAt = now + findMs
  } else if (effect.kind === 'create-leg' && hunt.claim) {
    hunt.claim.phase = 'begun'
    hunt.claim.lookAt = now + findMs
  } else if (effect.kind === 'fallback') hunt.fallbackPhase = 'begun'
}

/** When the hunt wants to be looked at again though nobody tells it anything; null: never. */
export function nextAt(hunt: Hunt): number | null {
  if (hunt.closed && hunt.strays.length === 0) return null
  // Whoever is at it goes on by itself; the job is for its death.
  if (hunt.runner) return hunt.runner.until
  const offering = hunt.state === 'offering'
  const times = [
    hunt.retryAt,
    offering && !hunt.claim ? hunt.tierEndsAt : null,
    offering ? hunt.watchAt : null,
    hunt.claim && hunt.claim.phase !== 'over' ? hunt.claim.lookAt : null,
    ...hunt.tasks.map(({ lookAt }) => lookAt),
  ]
  const known = times.filter((at) => typeof at === 'number')
  return known.length > 0 ? Math.max(Math.min(...known), hunt.retryAt ?? 0) : null
}

// Before anything else: it takes the seat away from all others at once.
function forAcceptance({ claim, state }: Hunt): Effect | null {
  if (claim?.phase !== 'accepting' || state !== 'offering') return null
  return { kind: 'accept-reservation', claim }
}

function forTasks(hunt: Hunt, now: number): Effect | null {
  // What ends goes first: it holds the capacity of agents who are to be asked again, and would be offered to one whom a
  // rejection frees.
  const ending = hunt.tasks.find(({ phase, reservations }) => {
    return phase === 'ending' && !reservations.some(({ status }) => status === 'rejecting')
  })
  if (ending) return endOf(ending)
  for (const task of hunt.tasks) {
    const rejecting = task.reservations.find(({ status }) => status === 'rejecting')
    if (rejecting) return { kind: 'reject', task, reservationSid: rejecting.sid }
  }
  for (const task of hunt.tasks) {
    if (task.phase === 'wanted') return { kind: 'create-task', task }
    if (task.lookAt === null || task.lookAt > now) continue
    return task.phase === 'begun'
      ? { kind: 'find-task', key: task.key }
      : { kind: 'look-task', task }
  }
  return null
}

function endOf(task: HuntTask): Effect {
  return task.sid === null ? { kind: 'find-task', key: task.key } : { kind: 'end-task', task }
}

function forLeg(hunt: Hunt, claim: Claim, now: number): Effect | null {
  const { phase, callSid, ends } = claim
  if (phase === 'over') return null
  if (ends && callSid !== null) return { kind: 'end-leg', claim }
  switch (phase) {
    case 'accepting':
    case 'wanted':
      if (ends) return { kind: 'end-leg', claim }
      return { kind: 'create-leg', claim }
    case 'begun':
      return now >= claim.lookAt ? { kind: 'find-leg', claim } : null
    default:
      if (hunt.endOnExit === 'due' && hunt.state === 'accepted') return { kind: 'set-end-on-exit' }
      return now >= claim.lookAt ? { kind: 'look-leg', claim } : null
  }
}
