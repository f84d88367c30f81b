import type { Clock } from '../../../clock.ts'
import type { CallPhones, PhoneProfile } from '../../contract.ts'
import type { Call } from '../call/call.ts'
import type { CallRegistry } from '../call/call-registry.ts'
import { createPhone, type Phone } from './phone.ts'

/** Whether a person or a machine has answered a leg. */
export type AnsweredAs = 'human' | 'machine'

/** The virtual phones, as the rest of Voice sees them. */
export interface PhoneExchange extends CallPhones {
  /** Rings at the address of a queued leg; a leg that nobody can answer ends at once. */
  ring(call: Call): void
  /** Puts whoever is at `address` on a leg that they dialled themselves. */
  attach(call: Call, address: string): void
  /** The far end of the leg hears a key: only a leg that leads back to a number of the account makes use of it. */
  hear(call: Call, key: string): void
  answeredAs(call: Call): AnsweredAs
  close(): void
}

/** An action on a leg that no virtual phone is at. */
export class NoSuchLegError extends Error {
  override readonly name = 'NoSuchLegError'
  readonly callSid: string

  constructor(callSid: string, problem: string) {
    super(`call ${callSid} ${problem}`)
    this.callSid = callSid
  }
}

/** What the phones need. */
export type PhoneExchangeOptions = {
  readonly clock: Clock
  readonly calls: CallRegistry
  /** Whether the account owns the number: a leg to it comes in again. */
  readonly isOwnNumber: (address: string) => boolean
  readonly receive: (dial: { from: string; to: string; storyOf?: Call }) => Call
  /** The same for `app:AP…`. */
  readonly receiveAtApplication: (dial: {
    from: string
    to: string
    storyOf?: Call
  }) => Call | undefined
}

/** Phones at all addresses that there are: they come into being as they are needed. */
export function createPhoneExchange(options: PhoneExchangeOptions): PhoneExchange {
  const { clock, calls, receive } = options
  const phones = new Map<string, Phone>()
  const phoneAt = (address: string) => {
    const key = withoutParameters(address)
    const phone = phones.get(key) ?? createPhone(key, clock, () => phones.delete(key))
    phones.set(key, phone)
    return phone
  }
  // Legs that lead back into the account: each way to the other.
  const loops = new Map<string, Call>()
  const leg = (callSid: string) => {
    const call = calls.get(callSid)
    if (!call) throw new NoSuchLegError(callSid, 'is not known')
    return call
  }
  const ringing = (callSid: string) => {
    const call = leg(callSid)
    if (call.status !== 'ringing' || call.direction === 'inbound') {
      throw new NoSuchLegError(callSid, `does not ring at a phone: it is ${call.status}`)
    }
    return call
  }

  return {
    call: (dial) => receive(dial).sid,
    press(callSid, digits) {
      const call = leg(callSid)
      if (call.end) throw new NoSuchLegError(callSid, 'is over')
      call.tell('call.pressed', `${call.who} pressed ${digits}`, { digits })
      for (const key of digits) call.press(key)
    },
    speak(callSid, text) {
      const call = leg(callSid)
      if (call.end) throw new NoSuchLegError(callSid, 'is over')
      call.tell('call.said', `${call.who} says: ${text}`)
      call.speak(text)
    },
    hangUp(callSid) {
      const call = leg(callSid)
      if (call.status === 'in-progress') call.hangUp('completed')
      else if (call.direction === 'inbound') call.hangUp('no-answer')
      else call.hangUp('busy', 603)
    },
    answer: (callSid) => ringing(callSid).answer(),
    decline: (callSid) => ringing(callSid).hangUp('busy', 603),
    setProfile: (profile: PhoneProfile) => phoneAt(profile.address).setProfile(profile),
    profiles: () => [...phones.values()].flatMap(({ profile }) => (profile ? [profile] : [])),
    attend: (address) => phoneAt(address).attend(),

    ring(call) {
      const toApplication = call.to.startsWith('app:')
      if (!toApplication && !options.isOwnNumber(call.to)) return phoneAt(call.to).ring(call)
      call.ring()
      call.tell('call.ringing', `rings ${call.to}`)
      const dial = { from: call.from, to: call.to, storyOf: call }
      const incoming = toApplication ? options.receiveAtApplication(dial) : receive(dial)
      if (!incoming) return call.hangUp('failed')
      join(call, incoming, loops)
    },
    attach: (call, address) => phoneAt(address).attach(call),
    hear: (call, key) => loops.get(call.sid)?.press(key),
    answeredAs: (call) => phones.get(withoutParameters(call.to))?.answeredAs(call) ?? 'human',
    close() {
      for (const phone of phones.values()) phone.close()
    },
  }
}

/** Ties a leg to the call that it became when it came in on a number of the account. */
function join(outgoing: Call, incoming: Call, loops: Map<string, Call>) {
  loops.set(outgoing.sid, incoming)
  loops.set(incoming.sid, outgoing)
  incoming.answered.on(() => outgoing.answer())
  const end = ({ status }: { status: Call['status'] }) => {
    loops.delete(outgoing.sid)
    loops.delete(incoming.sid)
    if (status === 'busy' || status === 'no-answer' || status === 'failed') {
      outgoing.hangUp(status)
    } else {
      outgoing.hangUp('completed')
    }
  }
  if (incoming.end) return end(incoming.end)
  incoming.ended.on(end)
  outgoing.ended.on(() =>
    incoming.hangUp(incoming.status === 'in-progress' ? 'completed' : 'no-answer'),
  )
}

/** `client:alice?a=b` is the phone `client:alice`. */
function withoutParameters(address: string): string {
  return address.split('?')[0] ?? address
}
