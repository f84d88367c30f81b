import { defineSchema, Type } from '../../schemas/index.ts'
import type { Services } from '../services.ts'
import { idAt, placeOf } from '../store/newest-first.ts'
import { type Incident, incidentSchema } from './incident.ts'

/** A hunt and the version at which its row was read. */
export type StoredIncident = { readonly row: Incident; readonly version: string }

/** The rows of hunts for incidents, and the lists by which they are found. */
export interface IncidentRows {
  read(id: string): Promise<StoredIncident | undefined>
  /** False when there is one for that incident. */
  create(hunt: Incident): Promise<boolean>
  /** Puts a new hunt in the place of one that is closed; false when somebody else was faster. */
  restart(hunt: Incident, closed: StoredIncident): Promise<boolean>
  /** The new version; undefined when somebody else was faster. */
  replace(hunt: Incident, version: string): Promise<string | undefined>
  /** Ids of the hunts that are not closed. */
  open(): Promise<readonly string[]>
  /** When the row of an open hunt was about to be written; undefined when it is on no list. */
  listedAt(id: string): Promise<number | undefined>
  /** Ids of those that were closed last, the newest first; so many at most. */
  closed(most: number): Promise<readonly string[]>
  /** Takes a hunt that is to be closed from one list to the other. */
  close(hunt: Incident): Promise<void>
  unlist(id: string): Promise<void>
  forget(id: string): Promise<void>
}

const listedRow = defineSchema('listed incident', Type.Object({ at: Type.Integer() }))
const kind = 'incident'
const openList = 'open-incidents'
const closedList = 'closed-incidents'

/** The rows in the app's store; a hunt is on the list before it is there, so that none is lost. */
export function incidentRows({ store }: Pick<Services, 'store'>): IncidentRows {
  const ids = async (list: string, most?: number) =>
    (await store.list(list, most)).map(({ id }) => id)
  return {
    async read(id) {
      const stored = await store.read(kind, id)
      return stored && { row: incidentSchema.parse(stored.value), version: stored.version }
    },
    async create(hunt) {
      await store.create(openList, hunt.id, { at: hunt.createdAt })
      return (await store.create(kind, hunt.id, hunt)) !== undefined
    },
    async restart(hunt, { row, version }) {
      await store.create(openList, hunt.id, { at: hunt.createdAt })
      // By the version: of two at the same moment, the second must not take away what the first has begun.
      const isNew = (await store.replace(kind, hunt.id, hunt, version)) !== undefined
      if (isNew) await store.remove(closedList, placeOf(hunt.id, row.endedAt ?? 0))
      return isNew
    },
    replace: (hunt, version) => store.replace(kind, hunt.id, hunt, version),
    open: () => ids(openList),
    async listedAt(id) {
      const listed = await store.read(openList, id)
      return listed && listedRow.parse(listed.value).at
    },
    async closed(most) {
      return (await ids(closedList, most)).map(idAt)
    },
    async close({ id, endedAt }) {
      await store.create(closedList, placeOf(id, endedAt ?? 0), {})
      await store.remove(openList, id)
    },
    unlist: (id) => store.remove(openList, id),
    async forget(id) {
      const stored = await this.read(id)
      if (stored) {
        await store.remove(closedList, placeOf(id, stored.row.endedAt ?? 0))
        await store.remove(openList, id)
      }
      await store.remove(kind, id)
    },
  }
}
