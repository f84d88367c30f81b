import type { Context } from '../context.ts'
import { type Collection, createCollection } from '../objects/collection.ts'
import { resourceRoutes } from '../rest/resource-routes.ts'
import { post, type Route } from '../rest/route.ts'
import { catalogueRoutes } from './catalogue.ts'
import { createDelivery } from './delivery.ts'
import {
  type CloudEvent,
  cloudEvent,
  type Publish,
  type PublishedEvent,
} from './published-event.ts'
import { createSinks, type SinkRow } from './sinks.ts'
import { createSubscribedEvents } from './subscribed-events.ts'
import { createSubscriptions, type SubscriptionRow } from './subscriptions.ts'

/** What outlives a restart. */
export type EventsSnapshot = {
  readonly sinks: readonly SinkRow[]
  readonly subscriptions: readonly SubscriptionRow[]
}

/** Event Streams: what is published goes to the webhook sinks that subscribe to it. */
export type Events = {
  readonly sinks: Collection<SinkRow>
  readonly subscriptions: Collection<SubscriptionRow>
  readonly publish: Publish
  readonly routes: readonly Route[]
  snapshot(): EventsSnapshot
  close(): void
}

/** Event Streams as in a snapshot, or empty. */
export function createEvents(context: Context, restored?: EventsSnapshot): Events {
  const sinkRows = createCollection<SinkRow>(undefined, restored?.sinks)
  const rows = createCollection<SubscriptionRow>(undefined, restored?.subscriptions)
  const sinks = createSinks(context, sinkRows, rows)
  const delivery = createDelivery(context, (sid) => sinkRows.get(sid) !== undefined)

  function publish(event: PublishedEvent): void {
    // One event has one `id`, whichever subscriptions carry it.
    let once: Pick<CloudEvent, 'id' | 'data'> | undefined
    for (const { sinkSid, events } of rows.values()) {
      const subscribed = events.find(({ type }) => type === event.type)
      const sink = subscribed && sinkRows.get(sinkSid)
      if (!sink) continue
      once ??= { id: context.newSid('EZ'), data: event.data() }
      delivery.add(sink, cloudEvent(event, once.data, subscribed.schemaVersion, once.id))
    }
  }

  return {
    sinks: sinkRows,
    subscriptions: rows,
    publish,
    routes: [
      ...catalogueRoutes(),
      ...resourceRoutes('/v1/Sinks', sinks),
      post('/v1/Sinks/{Sid}/Test', sinks.test),
      post('/v1/Sinks/{Sid}/Validate', sinks.validate),
      ...resourceRoutes('/v1/Subscriptions', createSubscriptions(context, rows, sinkRows)),
      ...resourceRoutes(
        '/v1/Subscriptions/{SubscriptionSid}/SubscribedEvents',
        createSubscribedEvents(context, rows),
      ),
    ],
    snapshot: () => ({ sinks: [...sinkRows.values()], subscriptions: [...rows.values()] }),
    close: delivery.close,
  }
}
