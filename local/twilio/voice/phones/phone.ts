import type { Clock } from '../../../clock.ts'
import type { PhoneProfile } from '../../contract.ts'
import type { Call } from '../call/call.ts'
import type { AnsweredAs } from './phone-exchange.ts'

/** What is at one address: its profile acts while nobody attends it. */
export interface Phone {
  readonly profile: PhoneProfile | null
  setProfile(profile: PhoneProfile): void
  attend(): { leave(): void }
  /** A leg that was dialled from elsewhere reaches this phone. */
  ring(call: Call): void
  /** A leg that was dialled from this phone. */
  attach(call: Call): void
  answeredAs(call: Call): AnsweredAs
  close(): void
}

const RING_SECONDS = 1
// SIP: temporarily unavailable.
const NOT_REGISTERED = 480

/**
 * A phone with nobody at it and no profile: outside numbers and SIP addresses answer, clients are not registered.
 * `idle` is called when it is as new again: nobody at it, no profile, no leg.
 */
export function createPhone(address: string, clock: Clock, idle: () => void): Phone {
  let profile: PhoneProfile | null = null
  let attendants = 0
  // The live legs at this phone, each with what the profile is going to do on it.
  const legs = new Map<Call, { cancel(): void }[]>()

  const acting = () => attendants === 0
  const later = (call: Call, seconds: number, act: () => void) => {
    legs.get(call)?.push(clock.schedule(clock.now() + seconds * 1_000, act))
  }
  const stopActing = (call: Call) => {
    for (const timer of legs.get(call)?.splice(0) ?? []) timer.cancel()
  }

  function actOnRinging(call: Call) {
    if (!profile && address.startsWith('client:')) return call.hangUp('no-answer', NOT_REGISTERED)
    const { outcome = 'answer', afterSeconds = RING_SECONDS } = profile ?? {}
    switch (outcome) {
      case 'answer':
      case 'machine':
        return later(call, afterSeconds, () => call.answer())
      case 'busy':
        return later(call, afterSeconds, () => call.hangUp('busy'))
      case 'decline':
        return later(call, afterSeconds, () => call.hangUp('busy', 603))
      case 'unreachable':
        return call.hangUp('failed')
      case 'let-ring':
        return
      default:
        throw new Error(`no such outcome: ${outcome satisfies never}`)
    }
  }

  function actOnAnswered(call: Call): void {
    for (const { afterSeconds, digits } of profile?.keys ?? []) {
      later(call, afterSeconds, () => {
        call.tell('call.pressed', `${call.who} pressed ${digits}`, { digits })
        for (const key of digits) call.press(key)
      })
    }
    const { hangUpAfterSeconds } = profile ?? {}
    if (hangUpAfterSeconds !== undefined) {
      later(call, hangUpAfterSeconds, () => call.hangUp('completed'))
    }
  }

  const register = (call: Call) => {
    legs.set(call, [])
    call.answered.on(() => {
      stopActing(call)
      if (acting()) actOnAnswered(call)
    })
    call.ended.on(() => {
      stopActing(call)
      legs.delete(call)
      checkIdle()
    })
  }
  const checkIdle = () => {
    if (!profile && acting() && legs.size === 0) idle()
  }

  return {
    get profile() {
      return profile
    },
    setProfile(next) {
      profile = next
    },
    attend() {
      attendants++
      for (const call of legs.keys()) stopActing(call)
      let left = false
      return {
        leave() {
          if (left) return
          left = true
          attendants--
          if (!acting()) return
          checkIdle()
          for (const call of [...legs.keys()]) {
            if (call.direction === 'inbound') continue
            if (call.status === 'ringing') actOnRinging(call)
          }
        },
      }
    },
    ring(call) {
      const { outcome } = profile ?? {}
      if (acting() && !profile && address.startsWith('client:')) {
        call.tell('call.unreachable', `nobody is registered as ${address}`)
        checkIdle()
        return call.hangUp('no-answer', NOT_REGISTERED)
      }
      if (acting() && outcome === 'unreachable') return call.hangUp('failed')
      register(call)
      call.ring()
      call.tell('call.ringing', `rings ${address}`)
      if (acting()) actOnRinging(call)
    },
    attach: register,
    answeredAs: () => (acting() && profile?.outcome === 'machine' ? 'machine' : 'human'),
    close() {
      for (const call of legs.keys()) stopActing(call)
    },
  }
}
