import { cameBack, endRest, goneAway } from '../store/outage.ts'
import { type Hunt, note } from './hunt.ts'
import { customerLeft, dropClaim, hearOfLeg, holdSeat, type LegNews } from './leg.ts'
import {
  accept,
  look,
  loseTask,
  noteReservation,
  type ReservationFact,
  reject,
  type TaskLook,
} from './offers.ts'
import { enterTier, finish } from './tiers.ts'

/** What a hunt may hear of: from people, from Twilio, or from whoever carries out what it wants. */
export type HuntEvent =
  | { readonly kind: 'start' }
  | { readonly kind: 'tick' }
  | { readonly kind: 'accept' | 'reject'; readonly workerSid: string }
  | { readonly kind: 'cancel'; readonly reason: string }
  | { readonly kind: 'customer-left'; readonly reason: string }
  | { readonly kind: 'customer-seen' }
  | { readonly kind: 'end-on-exit-set' }
  | ({ readonly kind: 'leg' } & LegNews)
  /** The creation of a task was answered; null: there is none. */
  | { readonly kind: 'task-made'; readonly key: string; readonly sid: string | null }
  | ({ readonly kind: 'task-look' } & TaskLook)
  | ({ readonly kind: 'reservation'; readonly key: string } & ReservationFact)
  /** Somebody else ended it. */
  | { readonly kind: 'task-lost'; readonly key: string; readonly reason: string }
  /** We ended it, or it is gone. */
  | { readonly kind: 'task-ended'; readonly key: string }
  | { readonly kind: 'seat-held'; readonly attempt: number; readonly held: boolean }
  | { readonly kind: 'claim-lost'; readonly attempt: number; readonly reason: string }
  | { readonly kind: 'stray-ended'; readonly callSid: string }
  | { readonly kind: 'fallback-done'; readonly text: string }
  | { readonly kind: 'told'; readonly text: string }
  | { readonly kind: 'closed' }
  | { readonly kind: 'twilio-away'; readonly reason: string }
  | { readonly kind: 'twilio-back' }
  /** Twilio refuses what cannot be done without. */
  | { readonly kind: 'refused'; readonly reason: string }

/** How often the customer's presence is looked at, besides what Twilio tells. */
export const watchMs = 10_000

/**
 * What becomes of a hunt by one event. Pure: the same event twice, or events in another order, lead to the same end, so that
 * whoever hears of something applies it to the row as it is and writes it back under its version.
 */
export function step(before: Hunt, event: HuntEvent, now: number): Hunt {
  return apply(structuredClone(before), event, now)
}

/** The same in the hunt that is given. */
export function apply(hunt: Hunt, event: HuntEvent, now: number): Hunt {
  hear(hunt, event, now)
  return hunt
}

function hear(hunt: Hunt, event: HuntEvent, now: number): void {
  switch (event.kind) {
    case 'start':
      note(hunt, { at: now, what: 'started', ...(hunt.reason ? { text: hunt.reason } : {}) })
      enterTier(hunt, 0, now)
      return
    case 'tick':
      tick(hunt, now)
      return
    case 'accept':
      accept(hunt, agentOf(hunt, event.workerSid), now)
      return
    case 'reject':
      reject(hunt, agentOf(hunt, event.workerSid), now)
      return
    case 'cancel':
      finish(hunt, 'cancelled', event.reason, now)
      return
    case 'customer-left':
      customerLeft(hunt, event.reason, now)
      return
    case 'customer-seen':
      hunt.watchAt = now + watchMs
      return
    case 'end-on-exit-set':
      hunt.endOnExit = 'done'
      return
    case 'leg':
      hearOfLeg(hunt, event, now)
      return
    case 'task-made':
      taskMade(hunt, event.key, event.sid, now)
      return
    case 'task-look':
      look(hunt, event, now)
      return
    case 'reservation':
      noteReservation(hunt, event.key, event, now)
      return
    case 'task-lost':
      loseTask(hunt, event.key, event.reason, now)
      return
    case 'task-ended':
      hunt.tasks = hunt.tasks.filter(({ key, phase }) => key !== event.key || phase !== 'ending')
      return
    case 'seat-held':
      holdSeat(hunt, event.attempt, event.held)
      return
    case 'claim-lost':
      dropClaim(hunt, event.attempt, event.reason, now)
      return
    case 'stray-ended':
      hunt.strays = hunt.strays.filter((callSid) => callSid !== event.callSid)
      return
    case 'fallback-done':
      if (hunt.fallbackPhase === 'done') return
      hunt.fallbackPhase = 'done'
      note(hunt, { at: now, what: 'fallback', text: event.text })
      return
    case 'told':
      if (hunt.told === 'done') return
      hunt.told = 'done'
      note(hunt, { at: now, what: 'told', text: event.text })
      return
    case 'closed':
      hunt.closed = true
      return
    case 'twilio-away':
      if (goneAway(hunt, now)) note(hunt, { at: now, what: 'away from Twilio', text: event.reason })
      return
    case 'twilio-back':
      cameBack(hunt)
      return
    case 'refused':
      finish(hunt, 'failed', event.reason, now)
      return
    default:
      throw new Error(`Unknown event ${JSON.stringify(event satisfies never)}`)
  }
}

function tick(hunt: Hunt, now: number): void {
  if (hunt.wakeAt !== null && hunt.wakeAt <= now) hunt.wakeAt = null
  endRest(hunt, now)
  if (hunt.state === 'offering' && !hunt.claim && now >= hunt.tierEndsAt) {
    enterTier(hunt, hunt.tier + 1, now)
  }
}

function taskMade(hunt: Hunt, key: string, sid: string | null, now: number): void {
  const task = hunt.tasks.find((one) => one.key === key)
  if (!task || task.sid !== null) return
  if (sid !== null) {
    task.sid = sid
    if (task.phase !== 'begun') return
    task.phase = 'open'
    task.lookAt = now
  } else if (task.phase === 'begun') task.phase = 'wanted'
  else hunt.tasks = hunt.tasks.filter((one) => one !== task)
}

function agentOf(hunt: Hunt, workerSid: string): number {
  return hunt.agents.findIndex(({ sid }) => sid === workerSid)
}
