import type { ResourceDescription } from '../description/description.ts'
import type { Answer, Page, TwilioClient } from '../requests/client.ts'
import { TwilioError, TwilioUnreachable, UnusableAnswer } from '../requests/errors.ts'
import { pageSizeOf } from '../requests/wire.ts'

/** Rows of collections of which many objects are being read: one list in the place of many requests. */
export interface ListedRows {
  /**
   * The row of an object, as fresh as some seconds; undefined when the object is better asked for itself. A list may lag behind:
   * a row proves only what somebody else knows already.
   */
  find(client: TwilioClient, place: RowPlace): Promise<Answer | undefined>
}

/** Where a row is. */
export type RowPlace = {
  readonly resource: ResourceDescription
  /** Path of the collection. */
  readonly path: string
  readonly sid: string
}

/** What is known of one collection, for as long as it is asked about. */
type Collection = {
  readonly rows: Map<string, Answer>
  /** Reads that wait for their row. */
  waiting: number
  /** The page that is on its way. */
  coming: Promise<void> | undefined
  /** Path of the next page; undefined before the first and after the last. */
  next: string | undefined
  begun: boolean
  /** Nothing may have been written since. */
  writes: number
  drop: NodeJS.Timeout | undefined
}

const freshMs = 5_000

/** Lists nothing: every object is asked for itself. */
export const noRows: ListedRows = { find: async () => undefined }

/**
 * The first read of a collection is left to the object; the second one lists, and those that follow are served from its rows. It
 * goes on to a further page only while several reads wait for theirs. A row is given once, and all are dropped after seconds.
 */
export function createListedRows(): ListedRows {
  const collections = new Map<string, Collection>()

  function forget(key: string, collection: Collection): void {
    clearTimeout(collection.drop)
    if (collections.get(key) === collection) collections.delete(key)
  }

  function keep(key: string, collection: Collection): void {
    clearTimeout(collection.drop)
    collection.drop = setTimeout(() => forget(key, collection), freshMs)
    collection.drop.unref()
  }

  function open(key: string, client: TwilioClient): Collection {
    const fresh: Collection = {
      rows: new Map(),
      waiting: 0,
      coming: undefined,
      next: undefined,
      begun: false,
      writes: client.writes(),
      drop: undefined,
    }
    collections.set(key, fresh)
    keep(key, fresh)
    return fresh
  }

  return {
    async find(client, { resource, path, sid }) {
      const rowsKey = rowsKeyOf(resource)
      if (rowsKey === undefined) return undefined
      const key = resource.host + path
      const collection = collections.get(key)
      if (!collection || collection.writes !== client.writes()) {
        if (collection) forget(key, collection)
        open(key, client)
        return undefined
      }
      const isCurrent = () => collection.writes === client.writes()
      const more = async () => {
        collection.begun = true
        if (collection.next === undefined) keep(key, collection)
        const page = await pageOf(client, resource, collection.next ?? path, rowsKey)
        collection.next = page.next
        for (const row of page.rows) collection.rows.set(String(row['sid']), row)
      }
      collection.waiting++
      try {
        while (!collection.rows.has(sid) && isCurrent()) {
          const mayCome =
            !collection.begun || (collection.next !== undefined && collection.waiting > 1)
          if (!collection.coming && !mayCome) break
          collection.coming ??= more().finally(() => {
            collection.coming = undefined
          })
          await collection.coming
        }
      } finally {
        collection.waiting--
      }
      const row = collection.rows.get(sid)
      collection.rows.delete(sid)
      return isCurrent() ? row : undefined
    },
  }
}

/** Under which key the collection lists objects that are whole. */
function rowsKeyOf({ listing, identity }: ResourceDescription): string | undefined {
  if (identity?.excerpts) return undefined
  if (listing) return listing.kind === 'rows' ? listing.rows : undefined
  return identity?.rows
}

// A collection that can't be listed just now has none of the rows: whoever asks gets the object's own answer.
async function pageOf(
  client: TwilioClient,
  resource: ResourceDescription,
  path: string,
  key: string,
): Promise<Page> {
  // The address of a further page has it already.
  const size = path.includes('?') ? {} : { parameters: { PageSize: pageSizeOf(resource) } }
  try {
    return await client.page({ host: resource.host, path, ...size }, key)
  } catch (error) {
    if (error instanceof TwilioError || error instanceof TwilioUnreachable) return nothing
    if (error instanceof UnusableAnswer) return nothing
    throw error
  }
}

const nothing: Page = { rows: [], next: undefined }
