import type { HttpResponseInit } from '@azure/functions'
import { answerOfferRequest, type OfferResult } from '../../schemas/index.ts'
import type { BackOfficeRequest } from '../back-office/credential.ts'
import type { Services } from '../services.ts'
import type { Hunt } from './hunt.ts'
import { unknownHunt } from './show-hunt.ts'
import { advanceHunt } from './world.ts'

/** `POST /hunts/{id}/offers/{workerSid}`: an agent accepts or rejects; to be late is a result, not an error. */
export async function answerOffer(
  body: unknown,
  services: Services,
  { params }: BackOfficeRequest,
): Promise<HttpResponseInit> {
  const { answer } = answerOfferRequest.parse(body)
  const { id = '', workerSid = '' } = params
  const hunt = await advanceHunt(id, [{ kind: answer, workerSid }], services)
  if (!hunt) return unknownHunt(id)
  const agent = hunt.agents.findIndex(({ sid }) => sid === workerSid)
  if (agent < 0) {
    return { status: 404, jsonBody: { error: `Worker ${workerSid} is not in hunt ${id}` } }
  }
  return { jsonBody: { result: resultFor(hunt, agent), hunt: id, state: hunt.state } }
}

/** What the hunt's state means for this agent. */
export function resultFor(hunt: Hunt, agent: number): OfferResult {
  const { claim, state } = hunt
  if (claim && state !== 'cancelled' && state !== 'failed') {
    return claim.agent === agent ? 'accepted' : 'already-taken'
  }
  if (hunt.agents[agent]?.state === 'rejected') return 'rejected'
  return state === 'offering' ? 'not-offered' : 'over'
}
