import type { HttpResponseInit } from '@azure/functions'
import { callEvent } from '../../schemas/index.ts'
import type { Services } from '../services.ts'
import type { Webhook } from '../webhook.ts'

/** `POST /hunt-leg`: progress of an agent's leg; acknowledged, then told to its hunt. */
export async function huntLeg(
  { parameters, query }: Webhook,
  { now, schedule }: Services,
): Promise<HttpResponseInit> {
  const { CallSid: callSid, CallStatus: status } = callEvent.parse(parameters)
  const [id, attempt] = [query.get('hunt'), Number(query.get('attempt'))]
  if (id && callSid && status && Number.isInteger(attempt)) {
    await schedule(now(), { kind: 'hunt-leg', id, attempt, callSid, status })
  }
  return { status: 204 }
}
