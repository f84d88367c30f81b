import type { Context } from '../context.ts'
import type { Collection } from '../objects/collection.ts'
import { missing, rowOf } from '../objects/stored.ts'
import { pageV1 } from '../rest/paging.ts'
import { type Call, created, noContent, ok, pathPart } from '../rest/route.ts'
import { BASE } from './base.ts'
import { readSubscribedEvent, type SubscribedEvent } from './subscribed-event.ts'
import type { SubscriptionRow } from './subscriptions.ts'

/** `/Subscriptions/{SubscriptionSid}/SubscribedEvents`: the event types of a subscription, one by one. */
export function createSubscribedEvents(
  { accountSid, clock }: Context,
  rows: Collection<SubscriptionRow>,
) {
  const subscriptionOf = (call: Call) => rowOf(call, rows, 'SubscriptionSid')
  const body = ({ sid }: SubscriptionRow, { type, schemaVersion }: SubscribedEvent) => ({
    account_sid: accountSid,
    subscription_sid: sid,
    type,
    schema_version: schemaVersion,
    url: `${BASE}/Subscriptions/${sid}/SubscribedEvents/${type}`,
  })
  const replace = (row: SubscriptionRow, events: readonly SubscribedEvent[]) =>
    rows.put({ ...row, events, dateUpdated: clock.now() })

  function eventOf(call: Call, { events }: SubscriptionRow): SubscribedEvent {
    const event = events.find(({ type }) => type === pathPart(call, 'Sid'))
    if (!event) throw missing(call)
    return event
  }

  /** Puts the event in its place, or at the end; tells whether it is new. */
  function put(row: SubscriptionRow, event: SubscribedEvent): boolean {
    const index = row.events.findIndex(({ type }) => type === event.type)
    replace(row, index === -1 ? [...row.events, event] : row.events.with(index, event))
    return index === -1
  }

  return {
    list(call: Call) {
      const row = subscriptionOf(call)
      const pages = row.events.map((event) => ({ sid: event.type, event }))
      return pageV1(call, 'types', pages, ({ event }) => body(row, event))
    },
    create(call: Call) {
      const row = subscriptionOf(call)
      const event = readSubscribedEvent(
        call.form.required('Type'),
        call.form.integer('SchemaVersion', { min: 1 }),
      )
      return put(row, event) ? created(body(row, event)) : ok(body(row, event))
    },
    fetch(call: Call) {
      const row = subscriptionOf(call)
      return ok(body(row, eventOf(call, row)))
    },
    update(call: Call) {
      const row = subscriptionOf(call)
      const { type } = eventOf(call, row)
      const event = readSubscribedEvent(type, call.form.integer('SchemaVersion', { min: 1 }))
      put(row, event)
      return ok(body(row, event))
    },
    remove(call: Call) {
      const row = subscriptionOf(call)
      const gone = eventOf(call, row)
      replace(
        row,
        row.events.filter((event) => event !== gone),
      )
      return noContent
    },
  }
}
