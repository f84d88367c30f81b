import { callResource, participantResource, routes } from '../../schemas/index.ts'
import type { Services } from '../services.ts'
import { TwilioRefusal } from '../twilio/rest.ts'
import { findAgent } from './agents.ts'
import type { Claim, Hunt } from './hunt.ts'
import type { HuntEvent } from './step.ts'

/** Rings the agent who has the seat. */
export async function dial(hunt: Hunt, claim: Claim, services: Services): Promise<HuntEvent[]> {
  const { attempt } = claim
  const agent = await findAgent(hunt.agents[claim.agent]?.sid ?? '', services)
  if (!agent?.contactUri) {
    return [{ kind: 'leg', attempt, callSid: null, status: 'refused', reason: 'no contact_uri' }]
  }
  try {
    const { path, form } = legOf(hunt, attempt, agent.contactUri, services)
    const { body } = await services.twilio.post(path, form, { creates: true })
    const callSid = sidOf(body)
    return [{ kind: 'leg', attempt, callSid, status: 'queued' }]
  } catch (error) {
    if (!(error instanceof TwilioRefusal) || error.status >= 500 || error.status === 429)
      throw error
    const reason = error.message
    const refused = { kind: 'leg', attempt, callSid: null, status: 'refused', reason } as const
    // The conference itself is over.
    if (error.status !== 404) return [refused]
    return [{ kind: 'customer-left', reason: 'the conference is over' }, refused]
  }
}

/**
 * Looks for a leg whose creation was not answered, by the label that it has in the conference. A call of its own has none; its
 * status callbacks name the hunt, and one that nobody waits for any more is hung up.
 */
export async function findLeg(hunt: Hunt, claim: Claim, services: Services): Promise<HuntEvent[]> {
  const { attempt } = claim
  const missing = { kind: 'leg', attempt, callSid: null, status: 'missing' } as const
  if (hunt.confirm) return [missing]
  try {
    const path = `${participants(hunt, services)}/${labelOf(hunt, attempt)}.json`
    const { body } = await services.twilio.get(path)
    const callSid = participantResource.parse(body).call_sid
    return await lookAtLeg({ ...claim, callSid }, services)
  } catch (error) {
    if (error instanceof TwilioRefusal && error.status === 404) return [missing]
    throw error
  }
}

/** What became of a leg of which no news came. */
export async function lookAtLeg(claim: Claim, services: Services): Promise<HuntEvent[]> {
  const { attempt, callSid } = claim
  const news = { kind: 'leg', attempt, callSid } as const
  try {
    const { body } = await services.twilio.get(`${root(services)}/Calls/${callSid}.json`)
    return [{ ...news, status: callResource.parse(body).status }]
  } catch (error) {
    if (error instanceof TwilioRefusal && error.status === 404) {
      return [{ ...news, status: 'missing' }]
    }
    throw error
  }
}

/** Hangs up, whatever the leg is at. */
export async function hangUp(callSid: string, services: Services): Promise<void> {
  try {
    await services.twilio.post(`${root(services)}/Calls/${callSid}.json`, { Status: 'completed' })
  } catch (error) {
    // Over already.
    if (!(error instanceof TwilioRefusal) || ![400, 404].includes(error.status)) throw error
  }
}

// A participant is in the conference as soon as it answers. One who is to press a key first is called on their own.
function legOf(hunt: Hunt, attempt: number, to: string, services: Services) {
  const { CALLER_ID, PUBLIC_BASE_URL } = services.settings.app
  const query = `?hunt=${hunt.id}&attempt=${attempt}`
  const form = {
    To: to,
    From: CALLER_ID,
    Timeout: String(hunt.ringSeconds),
    StatusCallback: `${PUBLIC_BASE_URL}${routes.huntLeg}${query}`,
    StatusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
  }
  if (hunt.confirm) {
    const Url = `${PUBLIC_BASE_URL}${routes.huntConfirm}${query}`
    return { path: `${root(services)}/Calls.json`, form: { ...form, Url } }
  }
  return {
    path: `${participants(hunt, services)}.json`,
    form: {
      ...form,
      Label: labelOf(hunt, attempt),
      // Without it a ringing leg counts as joined already.
      EarlyMedia: 'false',
      EndConferenceOnExit: 'false',
    },
  }
}

function labelOf(hunt: Hunt, attempt: number): string {
  return `${hunt.id}-${attempt}`
}

function participants({ conferenceSid }: Hunt, services: Services): string {
  return `${root(services)}/Conferences/${conferenceSid}/Participants`
}

function sidOf(body: unknown): string | null {
  const { sid, call_sid: callSid }: { sid?: unknown; call_sid?: unknown } =
    typeof body === 'object' && body !== null ? body : {}
  const found = callSid ?? sid
  return typeof found === 'string' ? found : null
}

function root({ settings }: Services): string {
  return `api.twilio.com/2010-04-01/Accounts/${settings.app.TWILIO_ACCOUNT_SID}`
}
