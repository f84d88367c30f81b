import type { Clock } from '../../clock.ts'
import type { Stored } from '../objects/stored.ts'

/** A map of a service as stored. */
export type SyncMapRow = Stored & {
  readonly serviceSid: string
  readonly uniqueName: string | null
  /** Counts the changes of the map and its items. */
  readonly revision: number
  /** When it goes, ms since the epoch; null for never. */
  readonly dateExpires: number | null
}

/** An item of a map as stored. */
export type SyncItemRow = {
  readonly key: string
  readonly data: Readonly<Record<string, unknown>>
  readonly revision: number
  readonly dateCreated: number
  readonly dateUpdated: number
  readonly dateExpires: number | null
}

/** What outlives a restart. */
export type StoredMap = SyncMapRow & { readonly items: readonly SyncItemRow[] }

/** A map with its items. */
export type SyncMap = { row: SyncMapRow; readonly items: Map<string, SyncItemRow> }

/** The maps of all services. What has expired is gone: it is looked for at every reading. */
export interface SyncMaps {
  ofService(serviceSid: string): readonly SyncMap[]
  /** By SID or unique name. */
  find(serviceSid: string, name: string): SyncMap | undefined
  add(row: SyncMapRow): SyncMap
  remove(sid: string): void
  removeService(serviceSid: string): void
  snapshot(): readonly StoredMap[]
}

/** The maps of a snapshot, or none. */
export function createSyncMaps(clock: Clock, restored: readonly StoredMap[] = []): SyncMaps {
  const maps = new Map<string, SyncMap>()
  for (const { items, ...row } of restored) {
    maps.set(row.sid, { row, items: new Map(items.map((item) => [item.key, item])) })
  }
  const isOver = ({ dateExpires }: { readonly dateExpires: number | null }) =>
    dateExpires !== null && dateExpires <= clock.now()

  function sweep(): Iterable<SyncMap> {
    for (const [sid, { row, items }] of maps) {
      if (isOver(row)) maps.delete(sid)
      for (const item of items.values()) if (isOver(item)) items.delete(item.key)
    }
    return maps.values()
  }

  const ofService = (serviceSid: string) =>
    [...sweep()].filter(({ row }) => row.serviceSid === serviceSid)
  return {
    ofService,
    find: (serviceSid, name) =>
      ofService(serviceSid).find(({ row }) => row.sid === name || row.uniqueName === name),
    add(row) {
      const map = { row, items: new Map() }
      maps.set(row.sid, map)
      return map
    },
    remove: (sid) => maps.delete(sid),
    removeService(serviceSid) {
      for (const { row } of ofService(serviceSid)) maps.delete(row.sid)
    },
    snapshot: () => [...sweep()].map(({ row, items }) => ({ ...row, items: [...items.values()] })),
  }
}
