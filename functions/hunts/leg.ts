import { type Claim, type Hunt, moveAgent, note } from './hunt.ts'
import { endTasks, finish, resumeTier } from './tiers.ts'

/** News of the leg of one acceptance. `callSid` is null when Twilio is known to have none. */
export type LegNews = {
  readonly attempt: number
  readonly callSid: string | null
  /** A call's status as Twilio words it, or `refused`, `missing` (never made) and `confirmed` (the key was pressed). */
  readonly status: string
  readonly reason?: string
}

/** How often a leg is looked at that rings or is asked for a key: the news of it may be lost. */
export const ringLookMs = 5_000
/** How often a leg is looked at whose end was perhaps not told. */
export const joinedLookMs = 300_000

/** How often a leg is asked for again that Twilio has not made: whoever accepted is not to blame. */
const mostRedials = 3

/** TaskRouter has given the reservation to the agent, or somebody else took it first there. */
export function holdSeat(hunt: Hunt, attempt: number, held: boolean): void {
  const { claim } = hunt
  if (claim?.attempt !== attempt || claim.phase !== 'accepting') return
  claim.phase = 'wanted'
  // The row decides who has the seat: the agent is joined all the same, and the other one's task ends.
  if (!held) endTasks(hunt, 'the seat is taken')
}

/** The reservation was over before it was accepted: the acceptance came too late. */
export function dropClaim(hunt: Hunt, attempt: number, reason: string, now: number): void {
  const { claim } = hunt
  if (claim?.attempt !== attempt || claim.phase !== 'accepting') return
  if (hunt.state === 'offering') unanswered(hunt, claim, reason, now)
  else claim.phase = 'over'
}

/** Something is known of a leg; in any order and more than once. */
export function hearOfLeg(hunt: Hunt, news: LegNews, now: number): void {
  const { claim } = hunt
  const { callSid, status } = news
  const foreign = !claim || claim.attempt !== news.attempt
  // The acceptance has its leg already, or was given up before it had one.
  const surplus =
    !foreign && claim.callSid !== callSid && (claim.callSid !== null || claim.phase === 'over')
  if (foreign || (surplus && callSid !== null)) {
    hearOfStray(hunt, callSid, status)
    return
  }
  if (claim.phase === 'over') return
  if (status === 'missing' && callSid === null) {
    missing(hunt, claim, now)
    return
  }
  claim.callSid ??= callSid
  if (claim.lookAt <= now) {
    claim.lookAt = now + (claim.phase === 'joined' ? joinedLookMs : ringLookMs)
  }
  switch (status) {
    case 'queued':
    case 'initiated':
    case 'ringing':
      if (claim.phase === 'wanted' || claim.phase === 'begun') {
        claim.phase = 'ringing'
        claim.lookAt = now + ringLookMs
      }
      return
    case 'in-progress':
      answered(hunt, claim, now)
      return
    case 'confirmed':
      joined(hunt, claim, now)
      return
    // Answered and over: also when the news of the answer never came. Nobody else is rung for it.
    case 'completed':
      if (!hunt.confirm) joined(hunt, claim, now)
      if (claim.phase === 'joined') {
        left(hunt, claim, now)
        return
      }
      failed(hunt, claim, 'no key was pressed', now)
      return
    default:
      if (claim.phase === 'joined') {
        left(hunt, claim, now)
        return
      }
      failed(hunt, claim, news.reason ?? status, now)
      return
  }
}

// A new attempt, so that a leg which turns up after all is nobody's. Without a label it may ring yet, and is not asked for again.
function missing(hunt: Hunt, claim: Claim, now: number): void {
  // Heard of in the meantime.
  if (claim.callSid !== null) return
  if (hunt.state !== 'offering' || claim.ends || hunt.confirm || claim.redials === mostRedials) {
    failed(hunt, claim, 'missing', now)
    return
  }
  claim.attempt = ++hunt.attempts
  claim.redials++
  claim.phase = 'wanted'
  claim.lookAt = now
}

/** The customer, or the whole conference, is gone. */
export function customerLeft(hunt: Hunt, why: string, now: number): void {
  finish(hunt, 'cancelled', why, now)
  const { claim } = hunt
  if (!claim || claim.phase === 'over' || claim.ends) return
  claim.ends = true
  note(hunt, { at: now, what: 'customerLeft', agents: [claim.agent], text: why })
}

function answered(hunt: Hunt, claim: Claim, now: number): void {
  if (!hunt.confirm) {
    joined(hunt, claim, now)
    return
  }
  if (claim.phase === 'joined' || claim.phase === 'answered') return
  claim.phase = 'answered'
  claim.lookAt = now + ringLookMs
  note(hunt, { at: now, what: 'picked up', agents: [claim.agent] })
}

// Only now the acceptance stands.
function joined(hunt: Hunt, claim: Claim, now: number): void {
  if (claim.phase === 'joined' || hunt.state !== 'offering') return
  claim.phase = 'joined'
  claim.lookAt = now + joinedLookMs
  note(hunt, { at: now, what: 'joined', agents: [claim.agent] })
  const name = hunt.agents[claim.agent]?.name ?? ''
  finish(hunt, 'accepted', `${name} joined`, now)
}

function left(hunt: Hunt, claim: Claim, now: number): void {
  claim.phase = 'over'
  note(hunt, { at: now, what: 'left', agents: [claim.agent] })
  endTasks(hunt, 'the agent has left')
}

function failed(hunt: Hunt, claim: Claim, reason: string, now: number): void {
  if (hunt.state === 'offering') unanswered(hunt, claim, reason, now)
  else claim.phase = 'over'
}

function unanswered(hunt: Hunt, claim: Claim, reason: string, now: number): void {
  hunt.claim = null
  note(hunt, { at: now, what: 'unanswered', tier: hunt.tier, agents: [claim.agent], text: reason })
  moveAgent(hunt, claim.agent, 'timedOut', now)
  endTasks(hunt, 'the agent did not answer')
  resumeTier(hunt, claim.agent, claim.leftMs, now)
}

// A leg of an earlier acceptance, or one that was made twice: nobody may be on it.
function hearOfStray(hunt: Hunt, callSid: string | null, status: string): void {
  if (callSid === null) return
  const live = ['queued', 'initiated', 'ringing', 'in-progress', 'confirmed'].includes(status)
  const others = hunt.strays.filter((other) => other !== callSid)
  hunt.strays = live ? [...others, callSid] : others
}
