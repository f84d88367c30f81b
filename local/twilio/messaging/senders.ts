import type { Collection } from '../objects/collection.ts'
import { countryOf, type IncomingNumberRow } from '../phone-numbers/index.ts'
import type { MessageStore } from './message-store.ts'
import type { MessagingServiceRow } from './services.ts'

/** The numbers that messages come from, and the services that they are in. */
export interface Senders {
  number(phoneNumber: string): IncomingNumberRow | undefined
  service(sid: string): MessagingServiceRow | undefined
  /** The service that the number is in. */
  serviceOf(number: IncomingNumberRow): MessagingServiceRow | undefined
  /** The numbers of a service that the account still has. */
  pool(service: MessagingServiceRow): readonly string[]
  /** The number that a service writes from to that contact; undefined when it has none. */
  choose(service: MessagingServiceRow, contact: string): string | undefined
  /** Under what opt-outs of the number are kept: its service's SID, or itself. */
  optOutKey(phoneNumber: string): string
}

/** Senders among the account's numbers. */
export function createSenders(
  numbers: Collection<IncomingNumberRow>,
  services: Collection<MessagingServiceRow>,
  messages: MessageStore,
  busyUntil: (phoneNumber: string) => number,
): Senders {
  const senders: Senders = {
    number: (phoneNumber) => numbers.byName(phoneNumber),
    service: (sid) => services.get(sid),
    serviceOf: ({ sid }) =>
      [...services.values()].find((service) => service.numbers.some((one) => one.sid === sid)),
    pool: (service) => service.numbers.flatMap(({ sid }) => numbers.get(sid)?.phoneNumber ?? []),
    choose(service, contact) {
      const pool = senders.pool(service)
      const { sticky_sender: isSticky, area_code_geomatch: matchesArea } = service.settings
      const known = isSticky ? lastSender(service.sid, contact) : undefined
      if (known !== undefined && pool.includes(known)) return known
      // `+1` and the three digits of the area.
      const nearby = matchesArea && contact.startsWith('+1') ? contact.slice(0, 5) : undefined
      const preferred = [
        (number: string) => nearby !== undefined && number.startsWith(nearby),
        (number: string) => countryOf(number) === countryOf(contact),
        (number: string) => countryOf(number) === 'US',
        () => true,
      ]
      const candidates = preferred
        .map((isPreferred) => pool.filter(isPreferred))
        .find(({ length }) => length > 0)
      // The one that is free first, or has been free longest.
      return candidates?.reduce((best, one) => (busyUntil(one) < busyUntil(best) ? one : best))
    },
    optOutKey(phoneNumber) {
      const number = numbers.byName(phoneNumber)
      return (number && senders.serviceOf(number)?.sid) ?? phoneNumber
    },
  }
  return senders

  function lastSender(serviceSid: string, contact: string): string | undefined {
    const before = [...messages.values()].findLast(
      (row) => row.messagingServiceSid === serviceSid && row.to === contact && row.from !== null,
    )
    return before?.from ?? undefined
  }
}
