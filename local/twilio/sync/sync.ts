import type { Context } from '../context.ts'
import { createCollection } from '../objects/collection.ts'
import { resourceRoutes } from '../rest/resource-routes.ts'
import type { Route } from '../rest/route.ts'
import { createMapItems } from './map-items.ts'
import { createMaps } from './maps.ts'
import { createServices, type SyncServiceRow } from './services.ts'
import { createSyncMaps, type StoredMap } from './sync-maps.ts'

/** What outlives a restart. */
export type SyncSnapshot = {
  readonly services: readonly SyncServiceRow[]
  readonly maps: readonly StoredMap[]
}

/** Sync's services and maps; the SDKs' live connections do not exist here. */
export type Sync = { readonly routes: readonly Route[]; snapshot(): SyncSnapshot }

/** Sync as in a snapshot, or new. */
export function createSync(context: Context, restored?: SyncSnapshot): Sync {
  const rows = createCollection<SyncServiceRow>(undefined, restored?.services)
  const maps = createSyncMaps(context.clock, restored?.maps)
  const services = createServices(context, rows, maps)
  const path = '/v1/Services/{ServiceSid}/Maps'
  return {
    routes: [
      ...resourceRoutes('/v1/Services', services.handlers),
      ...resourceRoutes(path, createMaps(context, services.of, maps)),
      ...resourceRoutes(`${path}/{MapSid}/Items`, createMapItems(context, services.of, maps)),
    ],
    snapshot: () => ({ services: [...rows.values()], maps: maps.snapshot() }),
  }
}
