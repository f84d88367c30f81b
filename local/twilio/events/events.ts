import { type Collection, createCollection } from '../collection.ts'
import type { Context } from '../context.ts'
import { resourceRoutes } from '../resource-routes.ts'
import { post, type Route } from '../route.ts'
import { catalogueRoutes } from './catalogue.ts'
import { createSinks, type SinkRow } from './sinks.ts'
import { createSubscribedEvents } from './subscribed-events.ts'
import { createSubscriptions, type SubscriptionRow } from './subscriptions.ts'

/** What outlives a restart. */
export type EventsSnapshot = {
  readonly sinks: readonly SinkRow[]
  readonly subscriptions: readonly SubscriptionRow[]
}

/** Event Streams: its sinks and subscriptions are kept; nothing is delivered to them. */
export type Events = {
  readonly sinks: Collection<SinkRow>
  readonly subscriptions: Collection<SubscriptionRow>
  readonly routes: readonly Route[]
  snapshot(): EventsSnapshot
}

/** Event Streams as in a snapshot, or empty. */
export function createEvents(context: Context, restored?: EventsSnapshot): Events {
  const sinkRows = createCollection<SinkRow>(undefined, restored?.sinks)
  const rows = createCollection<SubscriptionRow>(undefined, restored?.subscriptions)
  const sinks = createSinks(context, sinkRows, rows)
  return {
    sinks: sinkRows,
    subscriptions: rows,
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
  }
}
