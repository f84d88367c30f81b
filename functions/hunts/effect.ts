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
  | TaskEffects

/** Several on tasks, side by side; `then` is created once they are done, so that a new round does not wait for a write in between. */
export type TaskEffects = {
  readonly kind: 'each'
  readonly effects: readonly Effect[]
  readonly then: readonly HuntTask[]
}

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

/**
 * The next effect, and with one on a task those of its kind on other tasks: none of them waits for another. What is to be created
 * waits for what ends, and for nothing else.
 */
export function nextEffects(hunt: Hunt, now: number): Effect | null {
  const first = nextEffect(hunt, now)
  if (first?.kind !== 'end-task' && first?.kind !== 'create-task' && first?.kind !== 'look-task') {
    return first
  }
  const effects = hunt.tasks.flatMap((task): Effect[] => {
    const effect = forTask(task, now)
    return effect?.kind === first.kind ? [effect] : []
  })
  const others = hunt.tasks.filter((task) => !isEnding(task))
  const calm = others.every(({ phase }) => phase === 'wanted' || phase === 'open')
  const free = !others.some(({ reservations }) => reservations.some(isRejecting))
  const then =
    first.kind === 'end-task' && calm && free
      ? others.filter(({ phase }) => phase === 'wanted')
      : []
  return effects.length + then.length > 1 ? { kind: 'each', effects, then } : first
}

/** Writes down that the effect is begun, so that after a crash it is looked for before it is done again. */
export function begin(hunt: Hunt, effect: Effect, now: number): void {
  if (effect.kind === 'each') {
    for (const one of effect.effects) begin(hunt, one, now)
    for (const task of effect.then) begin(hunt, { kind: 'create-task', task }, now)
  } else if (effect.kind === 'create-task') {
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
  const ending = hunt.tasks.find(isEnding)
  if (ending) return forTask(ending, now)
  for (const task of hunt.tasks) {
    const rejecting = task.reservations.find(isRejecting)
    if (rejecting) return { kind: 'reject', task, reservationSid: rejecting.sid }
  }
  for (const task of hunt.tasks) {
    const effect = forTask(task, now)
    if (effect) return effect
  }
  return null
}

function isEnding({ phase, reservations }: HuntTask): boolean {
  return phase === 'ending' && !reservations.some(isRejecting)
}

function isRejecting({ status }: HuntTask['reservations'][number]): boolean {
  return status === 'rejecting'
}

function forTask(task: HuntTask, now: number): Effect | null {
  const { phase, key, sid, lookAt } = task
  if (isEnding(task)) return sid === null ? { kind: 'find-task', key } : { kind: 'end-task', task }
  if (phase === 'wanted') return { kind: 'create-task', task }
  if (lookAt === null || lookAt > now) return null
  return phase === 'begun' ? { kind: 'find-task', key } : { kind: 'look-task', task }
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
