import type { Clock } from '../../../clock.ts'
import type { NewSid } from '../../objects/sid.ts'

/** A number of somebody else that the account may show as its own. */
export type CallerId = {
  readonly sid: string
  readonly phoneNumber: string
  friendlyName: string
  readonly createdAt: number
  updatedAt: number
}

/** The account's verified outgoing caller ids. */
export interface CallerIds {
  add(phoneNumber: string, friendlyName: string): CallerId
  verified(phoneNumber: string): CallerId | undefined
  get(sid: string): CallerId | undefined
  list(): Iterable<CallerId>
  delete(sid: string): void
}

/** None verified yet. */
export function createCallerIds(context: { clock: Clock; newSid: NewSid }): CallerIds {
  const ids = new Map<string, CallerId>()
  return {
    add(phoneNumber, friendlyName) {
      const now = context.clock.now()
      const sid = context.newSid('PN')
      const id = { sid, phoneNumber, friendlyName, createdAt: now, updatedAt: now }
      ids.set(sid, id)
      return id
    },
    verified: (phoneNumber) => [...ids.values()].find((id) => id.phoneNumber === phoneNumber),
    get: (sid) => ids.get(sid),
    list: () => ids.values(),
    delete: (sid) => void ids.delete(sid),
  }
}
