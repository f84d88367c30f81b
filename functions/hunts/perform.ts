import { participantResource } from '../../schemas/index.ts'
import type { Services } from '../services.ts'
import { isTwilioAway, TwilioRefusal } from '../twilio/rest.ts'
import { dial, findLeg, hangUp, lookAtLeg } from './dial.ts'
import type { Effect, TaskEffects } from './effect.ts'
import { fallBack } from './fallback.ts'
import { armForgetting } from './forget.ts'
import type { Claim, Hunt } from './hunt.ts'
import { createHuntRows } from './hunt-rows.ts'
import type { HuntEvent } from './step.ts'
import {
  acceptForClaim,
  endTask,
  findTask,
  lookAtTask,
  makeTask,
  rejectReservation,
} from './task.ts'
import { describeHunt } from './timeline.ts'

const tellTimeoutMs = 3_000
const mostTells = 5

/** Makes it so at Twilio, and tells what came of it; an outage is told, too. */
export async function perform(
  effect: Effect,
  hunt: Hunt,
  services: Services,
): Promise<readonly HuntEvent[]> {
  if (effect.kind === 'each') return performEach(effect, hunt, services)
  try {
    const events = await carryOut(effect, hunt, services)
    return hunt.troubles > 0 && !isAway(events) ? [...events, { kind: 'twilio-back' }] : events
  } catch (error) {
    if (!(error instanceof TwilioRefusal) && !isTwilioAway(error)) throw error
    const reason = error instanceof Error ? error.message : String(error)
    services.log.warn('hunt.hindered', { hunt: hunt.id, effect: effect.kind, error })
    const forGood = !isTwilioAway(error) && hunt.state === 'offering'
    return [forGood ? { kind: 'refused', reason } : { kind: 'twilio-away', reason }]
  }
}

async function carryOut(
  effect: Exclude<Effect, { readonly kind: 'each' }>,
  hunt: Hunt,
  services: Services,
): Promise<readonly HuntEvent[]> {
  switch (effect.kind) {
    case 'end-stray':
      await hangUp(effect.callSid, services)
      return [{ kind: 'stray-ended', callSid: effect.callSid }]
    case 'reject':
      return rejectReservation(hunt, effect.task, effect.reservationSid, services)
    case 'find-task':
      return findTask(effect.key, services)
    case 'end-task':
      return endTask(effect.task, services)
    case 'create-task':
      return makeTask(hunt, effect.task, services)
    case 'look-task':
      return lookAtTask(effect.task, services)
    case 'accept-reservation':
      return acceptForClaim(hunt, services)
    case 'set-end-on-exit':
      return endWithCustomer(hunt, services)
    case 'create-leg':
      return dial(hunt, effect.claim, services)
    case 'find-leg':
      return findLeg(hunt, effect.claim, services)
    case 'look-leg':
      return lookAtLeg(effect.claim, services)
    case 'end-leg':
      return endLeg(effect.claim, services)
    case 'watch':
      return watch(hunt, services)
    case 'fallback':
      return fallBack(hunt, effect.again, services)
    case 'tell':
      return tell(hunt)
    case 'close':
      return close(hunt, services)
    default:
      throw new Error(`Unknown effect ${JSON.stringify(effect satisfies never)}`)
  }
}

async function endLeg({ attempt, callSid }: Claim, services: Services): Promise<HuntEvent[]> {
  if (callSid !== null) await hangUp(callSid, services)
  // `canceled` for one that rings; for one that was answered its end comes to the same.
  return [{ kind: 'leg', attempt, callSid, status: 'canceled' }]
}

/** From now on the conference ends with the customer, and the agent's leg with it, whether we live to see it or not. */
async function endWithCustomer(hunt: Hunt, services: Services): Promise<HuntEvent[]> {
  const path = participantOf(hunt, services)
  try {
    await services.twilio.post(path, { EndConferenceOnExit: 'true' })
    return [{ kind: 'end-on-exit-set' }]
  } catch (error) {
    if (!isGone(error)) throw error
    return [{ kind: 'end-on-exit-set' }, { kind: 'customer-left', reason: 'the customer left' }]
  }
}

async function watch(hunt: Hunt, services: Services): Promise<HuntEvent[]> {
  try {
    const { body } = await services.twilio.get(participantOf(hunt, services))
    participantResource.parse(body)
    return [{ kind: 'customer-seen' }]
  } catch (error) {
    if (!isGone(error)) throw error
    return [{ kind: 'customer-left', reason: 'the customer left' }]
  }
}

async function tell(hunt: Hunt): Promise<HuntEvent[]> {
  const body = JSON.stringify(describeHunt(hunt))
  const headers = { 'content-type': 'application/json' }
  try {
    const signal = AbortSignal.timeout(tellTimeoutMs)
    const answer = await fetch(hunt.notifyUrl ?? '', { method: 'POST', headers, body, signal })
    if (answer.ok)
      return [{ kind: 'told', text: `told (${answer.status})` }, { kind: 'twilio-back' }]
    return missed(hunt, `notifyUrl answered ${answer.status}`)
  } catch {
    return missed(hunt, 'notifyUrl did not answer')
  }
}

function missed({ troubles }: Hunt, reason: string): HuntEvent[] {
  if (troubles + 1 < mostTells) return [{ kind: 'twilio-away', reason }]
  return [{ kind: 'told', text: `not told: ${reason}` }, { kind: 'twilio-back' }]
}

async function close(hunt: Hunt, services: Services): Promise<HuntEvent[]> {
  const rows = createHuntRows(services.store)
  await rows.listClosed(hunt)
  await rows.unlist(hunt)
  await armForgetting(services)
  return [{ kind: 'closed' }]
}

async function performEach(
  { effects, then }: TaskEffects,
  hunt: Hunt,
  services: Services,
): Promise<readonly HuntEvent[]> {
  const all = (some: readonly Effect[]) =>
    Promise.all(some.map((effect) => perform(effect, hunt, services)))
  const told = (await all(effects)).flat()
  const hindered = told.some(({ kind }) => kind === 'twilio-away' || kind === 'refused')
  const made = hindered
    ? then.map(({ key }) => ({ kind: 'task-made', key, sid: null }) as const)
    : (await all(then.map((task) => ({ kind: 'create-task', task })))).flat()
  return asOne([...told, ...made])
}

// One outage, however many met it.
function asOne(events: readonly HuntEvent[]): readonly HuntEvent[] {
  const away = events.find(({ kind }) => kind === 'twilio-away')
  if (!away) return events
  const others = events.filter(({ kind }) => kind !== 'twilio-away' && kind !== 'twilio-back')
  return [...others, away]
}

function participantOf({ conferenceSid, customerCallSid }: Hunt, { settings }: Services): string {
  const account = `api.twilio.com/2010-04-01/Accounts/${settings.app.TWILIO_ACCOUNT_SID}`
  return `${account}/Conferences/${conferenceSid}/Participants/${customerCallSid}.json`
}

function isGone(error: unknown): boolean {
  return error instanceof TwilioRefusal && error.status === 404
}

function isAway(events: readonly HuntEvent[]): boolean {
  return events.some(({ kind }) => kind === 'twilio-away')
}
