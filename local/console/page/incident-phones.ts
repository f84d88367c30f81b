import type { IncidentView } from '../../../schemas/index.ts'
import type { IncidentPhone } from '../../../web/index.ts'
import type { ConsoleState } from '../messages.ts'

type Calls = ConsoleState['view']['calls']

/** The call at the phone of the person whom a hunt calls now. The functions tell numbers masked: the last digits decide. */
export function phoneOf({ current, people }: IncidentView, calls: Calls): IncidentPhone | null {
  const person =
    current && people.find(({ name, list }) => name === current.name && list === current.list)
  if (!person) return null
  const call = calls.find(
    ({ to, direction, endedAt }) =>
      endedAt === null && direction === 'outbound-api' && isMaskOf(person.phone, to),
  )
  if (!call || (call.answeredAt === null && call.status !== 'ringing')) return null
  return { callSid: call.sid, address: call.to, doing: call.doing, answeredAt: call.answeredAt }
}

function isMaskOf(masked: string, number: string): boolean {
  return masked.length === number.length && masked.slice(-4) === number.slice(-4)
}

/** Phones that somebody took for one call; each is left when its call is over. */
export function createBorrowedPhones(desk: {
  readonly take: (address: string) => void
  readonly leave: (address: string) => void
}) {
  const borrowed = new Map<string, string>()
  return {
    borrow({ callSid, address }: IncidentPhone): void {
      if (borrowed.has(callSid)) return
      borrowed.set(callSid, address)
      desk.take(address)
    },
    giveBack(calls: Calls): void {
      for (const [callSid, address] of borrowed) {
        if (calls.some(({ sid, endedAt }) => sid === callSid && endedAt === null)) continue
        borrowed.delete(callSid)
        desk.leave(address)
      }
    },
  }
}
