import type { Collection } from './collection.ts'
import type { Context } from './context.ts'
import { createEvents, type EventsSnapshot } from './events/index.ts'
import type { IncomingNumberRow } from './phone-numbers/index.ts'
import type { HostRoutes } from './route-table.ts'
import { createStudio, type StudioSnapshot } from './studio/index.ts'

/** What the products that are configured here hold. */
export type ProductsSnapshot = {
  readonly studio: StudioSnapshot
  readonly events: EventsSnapshot
}

/** The products whose configuration is kept here and whose work is not done: their hosts, and what outlives a restart. */
export function createProducts(
  context: Context,
  _numbers: Collection<IncomingNumberRow>,
  restored?: ProductsSnapshot,
): { readonly hosts: readonly HostRoutes[]; snapshot(): ProductsSnapshot } {
  const studio = createStudio(context, restored?.studio)
  const events = createEvents(context, restored?.events)
  return {
    hosts: [
      { host: 'studio.twilio.com', routes: studio.routes },
      { host: 'events.twilio.com', routes: events.routes },
    ],
    snapshot: () => ({ studio: studio.snapshot(), events: events.snapshot() }),
  }
}
