import type { HttpResponseInit } from '@azure/functions'
import { acceptReservationRequest } from '../../schemas/index.ts'
import type { Services } from '../services.ts'
import { acceptReservation } from '../twilio/task-router.ts'

/** `POST /accept-reservation`: accepts it for its worker; answers the worker's name. */
export async function acceptReservationByHand(
  body: unknown,
  { settings, twilio }: Services,
): Promise<HttpResponseInit> {
  const { taskSid, reservationSid } = acceptReservationRequest.parse(body)
  const { WORKSPACE_SID } = settings.app
  const workerName = await acceptReservation(taskSid, reservationSid, WORKSPACE_SID, twilio)
  return workerName === undefined
    ? { status: 409, jsonBody: { error: `Reservation ${reservationSid} is no longer pending` } }
    : { jsonBody: { workerName } }
}
