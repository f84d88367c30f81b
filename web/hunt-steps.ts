import type { HuntView } from '../schemas/index.ts'

/** One tier of a hunt, as the page shows it. */
export type HuntStep = {
  /** Counted from 1. */
  readonly number: number
  readonly name: string
  /** `unused`: the hunt ended before it. */
  readonly phase: 'past' | 'now' | 'next' | 'unused'
  readonly seconds: number
  /** When the hunt moves on; null while nothing counts down. */
  readonly endsAt: number | null
  /** What to say in place of a countdown. */
  readonly note: string
  readonly agents: readonly HuntAgent[]
}

/** An agent of a tier. */
export type HuntAgent = {
  readonly workerSid: string
  readonly name: string
  /** The colour of the word. */
  readonly kind: 'asked' | 'ringing' | 'joined' | 'rejected' | 'busy' | 'quiet' | 'none'
  readonly word: string
  /** Where the agent came from, or was carried to. */
  readonly carried: string
  readonly mayAnswer: boolean
}

/** How a hunt stands, in a few words. */
export type HuntOutcome = {
  readonly kind: 'asked' | 'ringing' | 'joined' | 'quiet' | 'failed'
  readonly word: string
  /** More about it; empty when the word says it all. */
  readonly why: string
}

type Tier = HuntView['tiers'][number]
type Agent = Tier['agents'][number]

const notAsked = { past: 'Not asked', now: 'Not yet', next: '', unused: '' } as const

/** Live: offers may still be answered, or a phone rings. */
export function isLive(hunt: HuntView): boolean {
  return hunt.state === 'offering'
}

/** The tiers of a hunt with what became of each agent in each. */
export function toSteps(hunt: HuntView): readonly HuntStep[] {
  return hunt.tiers.map((tier, index) => {
    const number = index + 1
    const phase = phaseOf(hunt, tier, number)
    const counts = phase === 'now' && hunt.seat === null
    return {
      number,
      name: tier.name,
      phase,
      seconds: tier.seconds,
      endsAt: counts ? Date.parse(hunt.tierEndsAt) : null,
      note: noteOf(hunt, tier, phase),
      agents: tier.agents.map((agent) => ({
        workerSid: agent.workerSid,
        name: agent.name,
        ...describeAgent(agent, hunt, phase),
        carried: carriedText(agent, hunt, number),
        mayAnswer: counts && agent.state === 'offered',
      })),
    }
  })
}

/** Where the hunt is, or how it ended. */
export function outcomeOf(hunt: HuntView): HuntOutcome {
  const { state, seat, tier, tiers, why } = hunt
  switch (state) {
    case 'offering':
      if (seat?.phase === 'answered') {
        return { kind: 'ringing', word: `${seat.name} picked up`, why: '' }
      }
      if (seat) return { kind: 'ringing', word: `${seat.name}’s phone rings`, why: '' }
      return { kind: 'asked', word: `Asking tier ${tier} of ${tiers.length}`, why: '' }
    case 'accepted': {
      const has = seat?.phase === 'over' ? 'joined, and has left' : 'joined'
      return { kind: 'joined', word: `${seat?.name ?? 'An agent'} ${has}`, why: '' }
    }
    case 'exhausted':
      return { kind: 'quiet', word: 'Nobody joined', why: why ?? '' }
    case 'cancelled':
      return { kind: 'quiet', word: 'Cancelled', why: why ?? '' }
    case 'failed':
      return { kind: 'failed', word: 'Failed', why: why ?? '' }
    default:
      throw new Error(`unknown state ${state satisfies never}`)
  }
}

function phaseOf(hunt: HuntView, tier: Tier, number: number): HuntStep['phase'] {
  if (tier.startedAt === null) return isLive(hunt) ? 'next' : 'unused'
  return isLive(hunt) && number === hunt.tier ? 'now' : 'past'
}

function noteOf({ seat }: HuntView, tier: Tier, phase: HuntStep['phase']): string {
  if (tier.skipped !== null && phase === 'past') return `skipped: ${tier.skipped}`
  if (phase === 'unused') return 'not needed'
  if (phase === 'next') return `then ${tier.seconds} s`
  if (phase === 'now') return seat ? 'paused' : ''
  if (tier.startedAt === null || tier.endedAt === null) return ''
  return `${Math.round((Date.parse(tier.endedAt) - Date.parse(tier.startedAt)) / 1000)} s`
}

function describeAgent(
  { state, workerSid }: Agent,
  { seat }: HuntView,
  phase: HuntStep['phase'],
): Pick<HuntAgent, 'kind' | 'word'> {
  switch (state) {
    case 'offered':
      return { kind: 'asked', word: 'Asked' }
    case 'accepted':
      if (seat?.workerSid !== workerSid) return { kind: 'ringing', word: 'Accepted' }
      if (seat.phase === 'joined' || seat.phase === 'over')
        return { kind: 'joined', word: 'Joined' }
      if (seat.phase === 'answered') return { kind: 'ringing', word: 'Picked up' }
      return { kind: 'ringing', word: 'Phone rings' }
    case 'rejected':
      return { kind: 'rejected', word: 'Rejected' }
    case 'timedOut':
      return { kind: 'quiet', word: 'Silent' }
    case 'rescinded':
      return { kind: 'quiet', word: 'Withdrawn' }
    case 'busy':
      return { kind: 'busy', word: 'Busy' }
    case 'away':
      return { kind: 'quiet', word: 'Away' }
    case 'notOffered':
      return { kind: 'none', word: notAsked[phase] }
    default:
      throw new Error(`unknown state ${state satisfies never}`)
  }
}

/** Where from wins: whoever goes through three tiers is marked in each of them. */
function carriedText({ workerSid, carriedOver }: Agent, hunt: HuntView, number: number): string {
  const first = hunt.agents.find((agent) => agent.workerSid === workerSid)?.tier
  const after = hunt.tiers[number]
  const goesOn = after?.agents.some((agent) => agent.workerSid === workerSid && agent.carriedOver)
  const from = carriedOver ? `from tier ${first}` : ''
  const to = goesOn ? `on to tier ${number + 1}` : ''
  return [from, to].filter(Boolean).join(', ')
}
