import type { Parameters } from '../../rest/parameters.ts'
import { badRequest } from '../../rest/refusal.ts'
import { readApplicationAddress } from '../call/inbound.ts'
import { isAddress, isPhoneNumber } from '../phones/address.ts'
import type { VoiceContext } from '../voice-context.ts'
import { voiceCodes } from './codes.ts'

// Numbers of Twilio's test credentials that are refused, and as what.
const REFUSED_TO: Readonly<Record<string, number>> = {
  '+15005550001': voiceCodes.toNotValid,
  '+15005550002': voiceCodes.toUnreachable,
  '+15005550003': voiceCodes.toNotPermitted,
  '+15005550004': voiceCodes.toBlocked,
}
const INVALID_FROM = '+15005550001'
const VALID_FROM = '+15005550006'

/** To and From of a leg that REST creates, checked as Twilio checks them before it dials. */
export function addressParameters(
  form: Parameters,
  voice: VoiceContext,
): { readonly to: string; readonly from: string } {
  const to = form.text('To') ?? ''
  const from = form.text('From') ?? ''
  if (to === '') throw badRequest("A 'To' phone number is required.", voiceCodes.toMissing)
  if (from === '') throw badRequest("A 'From' phone number is required.", voiceCodes.fromMissing)
  const refused = REFUSED_TO[to]
  if (refused) throw badRequest(`The phone number ${to} can't be called`, refused)
  if (!isAddress(to) && !/^app:AP[0-9a-f]{32}/i.test(to)) {
    throw badRequest(
      `The phone number you are attempting to call, ${to}, is not valid.`,
      voiceCodes.toInvalid,
    )
  }
  if (
    to.startsWith('app:') &&
    !voice.numbers.application(readApplicationAddress(to).applicationSid)
  ) {
    throw badRequest(`There is no application ${to}`, voiceCodes.applicationInvalid)
  }
  if (from === INVALID_FROM || !isAddress(from)) {
    throw badRequest(
      `The source phone number provided, ${from}, is not valid.`,
      voiceCodes.fromInvalid,
    )
  }
  const owned =
    from === VALID_FROM ||
    voice.numbers.number(from) !== undefined ||
    voice.callerIds.verified(from) !== undefined
  if (isPhoneNumber(to) && !owned) {
    throw badRequest(
      `The source phone number provided, ${from}, is not yet verified for your account. You may only make calls from phone numbers that you've verified or purchased.`,
      voiceCodes.fromNotOwned,
    )
  }
  return { to, from }
}

/** `client:alice?a=b` hands `a` to the far end. */
export function customParameters(to: string): Readonly<Record<string, string>> {
  const query = to.split('?')[1]
  return to.startsWith('client:') && query ? Object.fromEntries(new URLSearchParams(query)) : {}
}
