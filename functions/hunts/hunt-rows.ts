import type { Store } from '../store/store.ts'
import { type Hunt, huntSchema } from './hunt.ts'

/** A hunt and the version at which its row was read. */
export type StoredHunt = { readonly hunt: Hunt; readonly version: string }

/** The rows of hunts, and the lists by which they are found. */
export interface HuntRows {
  read(id: string): Promise<StoredHunt | undefined>
  /** False when there is one of that id. */
  create(hunt: Hunt): Promise<boolean>
  /** False when somebody else was faster. */
  replace(hunt: Hunt, version: string): Promise<boolean>
  /** Ids of the hunts that are not closed. */
  open(): Promise<readonly string[]>
  /** Ids of those of them that are for this customer's call. */
  openFor(callSid: string): Promise<readonly string[]>
  /** Takes a closed hunt off the lists. */
  unlist(hunt: Hunt): Promise<void>
  forget(id: string): Promise<void>
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
      await Promise.all([
        store.create('open-hunts', hunt.id, {}),
        store.create(forCall(hunt.customerCallSid), hunt.id, {}),
      ])
      return store.create('hunt', hunt.id, hunt)
    },
    replace: (hunt, version) => store.replace('hunt', hunt.id, hunt, version),
    open: () => ids('open-hunts'),
    openFor: (callSid) => ids(forCall(callSid)),
    async unlist({ id, customerCallSid }) {
      await Promise.all([
        store.remove('open-hunts', id),
        store.remove(forCall(customerCallSid), id),
      ])
    },
    forget: (id) => store.remove('hunt', id),
  }
}
