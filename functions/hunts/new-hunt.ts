import type { HuntGroup, StartHuntRequest } from '../../schemas/index.ts'
import type { Agent } from './agents.ts'
import type { Hunt } from './hunt.ts'
import { watchMs } from './step.ts'

/** What a hunt is made of. */
export type HuntStart = {
  readonly id: string
  readonly request: Pick<
    StartHuntRequest,
    'group' | 'reason' | 'createdBy' | 'customerCallSid' | 'notifyUrl'
  >
  readonly rules: HuntGroup
  /** All agents of the tiers. */
  readonly agents: ReadonlyMap<string, Pick<Agent, 'sid' | 'name'>>
  readonly conferenceSid: string
  readonly conferenceName: string
}

const defaultRingSeconds = 20
// Beyond its tiers a hunt may take the time of a few phones that nobody answers.
const spareMsPerTier = 60_000

/** A hunt before its start: nobody is offered anything yet. */
export function newHunt(
  { id, request, rules, agents, conferenceSid, conferenceName }: HuntStart,
  now: number,
): Hunt {
  const sids = [...new Set(rules.tiers.flatMap(({ workers }) => workers))]
  const tiersMs = rules.tiers.reduce((sum, { seconds }) => sum + seconds * 1000 + spareMsPerTier, 0)
  return {
    id,
    group: request.group ?? null,
    reason: request.reason ?? null,
    createdBy: request.createdBy ?? null,
    createdAt: now,
    conferenceSid,
    conferenceName,
    customerCallSid: request.customerCallSid,
    agents: sids.map((sid) => ({
      sid,
      name: agents.get(sid)?.name ?? sid,
      state: 'notOffered' as const,
    })),
    tiers: rules.tiers.map(({ name, seconds, workers }, tier) => ({
      name: name ?? `tier ${tier + 1}`,
      seconds,
      agents: [...new Set(workers)].map((sid) => sids.indexOf(sid)),
    })),
    endsAt: now + (rules.limitSeconds === undefined ? tiersMs : rules.limitSeconds * 1000),
    confirm: rules.confirm ?? false,
    ringSeconds: rules.ringSeconds ?? defaultRingSeconds,
    fallback: rules.fallback ?? null,
    notifyUrl: request.notifyUrl ?? null,
    state: 'offering',
    why: null,
    endedAt: null,
    tier: -1,
    tierEndsAt: now,
    excluded: [],
    tasks: [],
    taskCount: 0,
    claim: null,
    attempts: 0,
    strays: [],
    watchAt: now + watchMs,
    endOnExit: 'due',
    fallbackPhase: 'none',
    told: 'none',
    closed: false,
    runner: null,
    retryAt: null,
    troubles: 0,
    wakeAt: null,
    history: [],
  }
}
