/** Somebody of this process who has told something. */
export type Teller<Row, Event, Effect> = {
  readonly events: readonly Event[]
  /** Comes back from an effect. */
  readonly returns: boolean
  resolve(written: Written<Row, Effect>): void
  reject(error: unknown): void
}

/** The row as it was written; whoever gets an effect is to carry it out. */
export type Written<Row, Effect> = {
  readonly row: Row | undefined
  readonly effect?: Effect | null
}

/** One row at this process. */
export type RowFolder<Row, Event, Effect> = {
  readonly id: string
  readonly token: string
  /** As it was last written from here: perhaps not as it is, but a write that builds on it fails then. */
  known: { readonly text: string; readonly version: string } | undefined
  waiting: Teller<Row, Event, Effect>[]
  writing: boolean
  /** An effect is being carried out, and nobody else begins one. */
  busy: boolean
}

/** The rows that this process works on or remembers. */
export interface RowFolders<Row, Event, Effect> {
  of(id: string): RowFolder<Row, Event, Effect>
  drop(id: string): void
}

// Rows of which the last version is remembered, some 20 KB each.
const mostRemembered = 500

/** No rows yet; a token for each, that of whoever carries out what it wants. */
export function createRowFolders<Row, Event, Effect>(
  newToken: () => string,
): RowFolders<Row, Event, Effect> {
  const folders = new Map<string, RowFolder<Row, Event, Effect>>()
  return {
    of(id) {
      const folder = folders.get(id) ?? {
        ...{ id, token: newToken(), known: undefined, waiting: [], writing: false, busy: false },
      }
      // The one that was used last stands last.
      folders.delete(id)
      folders.set(id, folder)
      for (const [other, { writing, busy }] of folders) {
        if (folders.size <= mostRemembered) break
        if (!writing && !busy && other !== id) folders.delete(other)
      }
      return folder
    },
    drop: (id) => void folders.delete(id),
  }
}
