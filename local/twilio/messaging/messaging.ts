import { type Collection, createCollection } from '../collection.ts'
import type { Context } from '../context.ts'
import type { IncomingNumberRow } from '../phone-numbers/index.ts'
import { resourceRoutes } from '../resource-routes.ts'
import type { Route } from '../route.ts'
import { createPhoneNumbers } from './phone-numbers.ts'
import { createServices, type MessagingServiceRow } from './services.ts'

/** What outlives a restart. */
export type MessagingSnapshot = { readonly services: readonly MessagingServiceRow[] }

/** Messaging services with their numbers; no message is sent. */
export type Messaging = {
  readonly services: Collection<MessagingServiceRow>
  readonly routes: readonly Route[]
  snapshot(): MessagingSnapshot
}

/** Messaging as in a snapshot, or empty. `numbers` are the account's. */
export function createMessaging(
  context: Context,
  numbers: Collection<IncomingNumberRow>,
  restored?: MessagingSnapshot,
): Messaging {
  const services = createCollection<MessagingServiceRow>(undefined, restored?.services)
  return {
    services,
    routes: [
      ...resourceRoutes('/v1/Services', createServices(context, services)),
      ...resourceRoutes(
        '/v1/Services/{ServiceSid}/PhoneNumbers',
        createPhoneNumbers(context, services, numbers),
      ),
    ],
    snapshot: () => ({ services: [...services.values()] }),
  }
}
