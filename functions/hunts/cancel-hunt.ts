import type { HttpResponseInit } from '@azure/functions'
import { cancelHuntRequest } from '../../schemas/index.ts'
import type { BackOfficeRequest } from '../back-office/credential.ts'
import type { Services } from '../services.ts'
import { unknownHunt } from './show-hunt.ts'
import { describeHunt } from './timeline.ts'
import { advanceHunt } from './world.ts'

/** `POST /hunts/{id}/cancel`: ends it, and every offer with it; one that is over stays as it is. */
export async function cancelHunt(
  body: unknown,
  services: Services,
  { params }: BackOfficeRequest,
): Promise<HttpResponseInit> {
  const { reason = 'cancelled by request' } = cancelHuntRequest.parse(body)
  const id = params['id'] ?? ''
  const hunt = await advanceHunt(id, [{ kind: 'cancel', reason }], services)
  return hunt ? { jsonBody: describeHunt(hunt) } : unknownHunt(id)
}
