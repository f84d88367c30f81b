import { badRequest } from '../../rest/refusal.ts'
import type { Call } from '../call/call.ts'
import { placeCall } from '../call/outbound.ts'
import { isAddress } from '../phones/address.ts'
import type { ProgressCallback } from '../twiml/index.ts'
import type { Instructed } from './instructions.ts'

const RING_SECONDS = 60
const LONGEST_RING_SECONDS = 999

/** Codes of Twilio's debugger for instructions. */
export const instructionCodes = {
  dequeueFrom: 40132,
  routing: 40133,
  dequeueNotPending: 40135,
  conferenceNotPending: 40136,
  conferenceFrom: 40138,
  timeout: 14233,
} as const

/** Rings the worker of a reservation, at `to` or at the contact address of its attributes. */
export function ringWorker(
  { voice, reservation, parameters, ringing }: Instructed,
  options: { readonly from: string; readonly storyOf?: Call; readonly progress?: ProgressCallback },
): Call {
  const contactUri = reservation.workerAttributes['contact_uri']
  const to = parameters['to'] || (typeof contactUri === 'string' ? contactUri : '')
  if (!isAddress(to)) {
    const { workerFriendlyName } = reservation
    const missing =
      to === '' ? 'no `to`, and the worker has no contact_uri' : `'${to}' is no address`
    throw badRequest(`Can't call ${workerFriendlyName}: ${missing}`, instructionCodes.routing)
  }
  const leg = placeCall(voice, {
    ...options,
    to,
    direction: 'outbound-api',
    timeoutSeconds: ringSeconds(parameters['timeout']),
  })
  ringing(leg)
  return leg
}

function ringSeconds(text: string | undefined): number {
  if (!text) return RING_SECONDS
  const seconds = /^\d+$/.test(text) ? Number(text) : 0
  if (seconds >= 1 && seconds <= LONGEST_RING_SECONDS) return seconds
  throw badRequest(
    `The timeout of an instruction is 1 to ${LONGEST_RING_SECONDS} seconds, not '${text}'`,
    instructionCodes.timeout,
  )
}

/** The caller id that an instruction names, or `standard` when it names none. */
export function callerId({ parameters }: Instructed, standard: string, code: number): string {
  const from = parameters['from']
  if (!from) return standard
  if (isAddress(from)) return from
  throw badRequest(`from '${from}' is neither a number in E.164 nor client:… or sip:…`, code)
}
