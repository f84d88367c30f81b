import { idAt, placeOf } from '../store/newest-first.ts'
import type { Store } from '../store/store.ts'
import { type Hunt, huntSchema } from './hunt.ts'

/** A hunt and the version at which its row was read. */
export type StoredHunt = { readonly hunt: Hunt; readonly version: string }

/** The rows of hunts, and the lists by which they are found. */
export interface HuntRows {
  read(id: string): Promise<StoredHunt | undefined>
  /** Its version; undefined when there is one of that id. */
  create(hunt: Hunt): Promise<string | undefined>
  /** The new version; undefined when somebody else was faster. */
  replace(hunt: Hunt, version: string): Promise<string | undefined>
  /** Ids of the hunts that are not closed. */
  open(): Promise<readonly string[]>
  /** Ids of those of them that are for this customer's call. */
  openFor(callSid: string): Promise<readonly string[]>
  /** Ids of the hunts that were closed last, the newest first; so many at most. */
  closed(most: number): Promise<readonly string[]>
  /** Puts a hunt that is to be closed on the list of those that are. */
  listClosed(hunt: Pick<Hunt, 'id' | 'endedAt'>): Promise<void>
  /** Takes a closed hunt off the lists of open ones. */
  unlist(hunt: Pick<Hunt, 'id' | 'customerCallSid'>): Promise<void>
  /** Places of closed hunts that ended before that time; so many at most. */
  endedBefore(atMs: number, most: number): Promise<readonly string[]>
  /** Forgets the hunt at that place, for good. */
  forget(place: string): Promise<void>
}

/** The rows in the store; a hunt is on the lists before it is there, so that none is lost. */
export function createHuntRows(store: Store): HuntRows {
  const forCall = (callSid: string) => `hunts-for-${callSid}`
  const ids = async (kind: string) => (await store.list(kind)).map(({ id }) => id)
  return {
    async read(id) {
      const stored = await store.read('hunt', id)
      return stored && { hunt: huntSchema.parse(stored.value), version: stored.version }
    },
    async create(hunt) {
      // First and last the list that the sweeper reads: it finds what is left of the others.
      const { id, createdAt: at, customerCallSid: callSid } = hunt
      await store.create('open-hunts', id, { at, callSid })
      await store.create(forCall(callSid), id, {})
      return store.create('hunt', hunt.id, hunt)
    },
    replace: (hunt, version) => store.replace('hunt', hunt.id, hunt, version),
    open: () => ids('open-hunts'),
    openFor: (callSid) => ids(forCall(callSid)),
    async unlist({ id, customerCallSid }) {
      await store.remove(forCall(customerCallSid), id)
      await store.remove('open-hunts', id)
    },
    async closed(most) {
      return (await store.list('closed-hunts', most)).map(({ id }) => idAt(id))
    },
    async listClosed({ id, endedAt }) {
      await store.create('closed-hunts', placeOf(id, endedAt ?? 0), {})
    },
    async endedBefore(atMs, most) {
      const rows = await store.list('closed-hunts', most, placeOf('', atMs))
      return rows.map(({ id }) => id)
    },
    async forget(place) {
      await store.remove('hunt', idAt(place))
      await store.remove('closed-hunts', place)
    },
  }
}
