import { isAddress, isPhoneNumber } from '../phones/address.ts'
import type { Dial, DialLeg } from '../twiml/index.ts'
import type { Frame } from './frame.ts'

/** What the called party sees, or why the leg can't be dialled, with Twilio's code. */
export function callerIdFor(
  { callerId }: Dial,
  { kind, address }: DialLeg,
  { call, voice }: Frame,
): { readonly from: string } | { readonly code: number; readonly text: string } {
  if (!isAddress(address)) {
    return { code: 13224, text: `<Dial> can't call '${address}': no valid ${kind.toLowerCase()}` }
  }
  const from = callerId ?? call.from
  if (kind === 'Sip') return { from }
  const owned =
    from === call.from ||
    from === call.to ||
    voice.numbers.number(from) !== undefined ||
    voice.callerIds.verified(from) !== undefined
  if (kind === 'Client') {
    return owned || from.startsWith('client:') ? { from } : badCallerId(from)
  }
  return owned && isPhoneNumber(from) ? { from } : badCallerId(from)
}

function badCallerId(from: string) {
  const text = `callerId '${from}' is neither a number of this call nor one that the account owns or has verified`
  return { code: 13214, text }
}
