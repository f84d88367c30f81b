import { type Hunt, isPending, moveAgent, note } from './hunt.ts'

/** TaskRouter reserves a task for no more workers at once. */
export const largestBatch = 50

// A shorter rest of a tier would be over before a phone rings.
const shortestRestMs = 5_000

/** Begins the tier, or the first one after it that has somebody to offer to; after the last the hunt is exhausted. */
export function enterTier(hunt: Hunt, index: number, now: number): void {
  endOffers(hunt, 'timedOut', now)
  hunt.excluded = []
  for (let tier = index; ; tier++) {
    const declared = hunt.tiers[tier]
    if (now >= hunt.endsAt) {
      finish(hunt, 'exhausted', 'the overall time limit passed', now)
      return
    }
    if (!declared) {
      finish(hunt, 'exhausted', 'nobody accepted in any tier', now)
      return
    }
    hunt.tier = tier
    hunt.tierEndsAt = Math.min(now + declared.seconds * 1000, hunt.endsAt)
    note(hunt, { at: now, what: 'tier', tier })
    if (openRound(hunt)) return
    note(hunt, { at: now, what: 'skipped', tier, text: 'everybody has rejected' })
  }
}

/** Goes on with the tier for the rest of its time, without the agent who accepted and then did not answer. */
export function resumeTier(hunt: Hunt, agent: number, leftMs: number, now: number): void {
  if (now >= hunt.endsAt) {
    enterTier(hunt, hunt.tier, now)
    return
  }
  hunt.excluded.push(agent)
  hunt.tierEndsAt = Math.min(now + Math.max(leftMs, shortestRestMs), hunt.endsAt)
  note(hunt, { at: now, what: 'resumed', tier: hunt.tier })
  if (!openRound(hunt)) enterTier(hunt, hunt.tier + 1, now)
}

/** Ends the hunt for good: every offer with it, and a leg that nobody answered yet. */
export function finish(
  hunt: Hunt,
  state: Exclude<Hunt['state'], 'offering'>,
  why: string,
  now: number,
): void {
  if (hunt.state !== 'offering') return
  hunt.state = state
  hunt.why = why
  hunt.endedAt = now
  endOffers(hunt, 'rescinded', now)
  if (hunt.claim && state !== 'accepted') {
    hunt.claim.ends = true
    moveAgent(hunt, hunt.claim.agent, 'rescinded', now)
  }
  endTasks(hunt, why, state === 'accepted' ? hunt.claim?.taskKey : undefined)
  note(hunt, { at: now, what: state, text: why })
  if (state === 'exhausted' && hunt.fallback) hunt.fallbackPhase = 'due'
  if (hunt.notifyUrl !== null) hunt.told = 'due'
}

/** Whoever was offered the seat is no longer. */
export function endOffers(hunt: Hunt, as: 'timedOut' | 'rescinded', now: number): void {
  for (const [agent, { state }] of hunt.agents.entries()) {
    if (state === 'offered') moveAgent(hunt, agent, as, now)
  }
}

/** All tasks but one are to end. What was never sent is only forgotten. */
export function endTasks(hunt: Hunt, why: string, exceptKey?: string): void {
  hunt.tasks = hunt.tasks.filter(({ key, phase }) => phase !== 'wanted' || key === exceptKey)
  for (const task of hunt.tasks) {
    if (task.key === exceptKey || task.phase === 'ending') continue
    task.phase = 'ending'
    task.why = why
    task.lookAt = null
  }
}

/** One more task, to be created. */
export function wantTask(hunt: Hunt, workers: readonly number[], waits: boolean): void {
  hunt.tasks.push({
    key: `${hunt.id}_${hunt.taskCount++}`,
    sid: null,
    phase: 'wanted',
    workers: [...workers],
    waits,
    lookAt: null,
    looks: 0,
    why: '',
    reservations: [],
  })
}

/** Whom the tier is for: its own agents and those of the tiers before, but nobody who rejected. */
export function membersOf(hunt: Hunt): number[] {
  const members = new Set(hunt.tiers.slice(0, hunt.tier + 1).flatMap(({ agents }) => agents))
  return [...members].filter(
    (agent) => hunt.agents[agent]?.state !== 'rejected' && !hunt.excluded.includes(agent),
  )
}

/** Ends the tier when nobody is asked any more, and nobody can be. */
export function moveOnIfEmpty(hunt: Hunt, now: number): void {
  if (hunt.state !== 'offering' || hunt.claim) return
  const live = hunt.tasks.filter(({ phase }) => phase !== 'ending')
  if (live.some((task) => !task.waits && (task.phase !== 'open' || task.lookAt !== null))) return
  if (live.some((task) => membersOf(hunt).some((agent) => isPending(task, agent)))) return
  const rejected = membersOf(hunt).length === 0
  const text = rejected ? 'everybody has rejected' : 'nobody is available'
  note(hunt, { at: now, what: 'skipped', tier: hunt.tier, text })
  enterTier(hunt, hunt.tier + 1, now)
}

// Each round is made of fresh tasks: their age and the timers of their reservations begin at 0, so that nothing but the
// tier's own time decides how long it lasts.
function openRound(hunt: Hunt): boolean {
  endTasks(hunt, 'the tier is over')
  const members = membersOf(hunt)
  for (let from = 0; from < members.length; from += largestBatch) {
    wantTask(hunt, members.slice(from, from + largestBatch), false)
  }
  return members.length > 0
}
