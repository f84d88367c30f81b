/** Rows by SID, in order of their creation, and by a name that no two of them share. */
export interface Collection<R extends { readonly sid: string }> {
  readonly size: number
  get(sid: string): R | undefined
  /** The row of that name; undefined too when this collection has no names. */
  byName(name: string): R | undefined
  /** Adds the row, or replaces the one of its SID and keeps its place. */
  put(row: R): R
  delete(sid: string): void
  values(): IterableIterator<R>
}

/** A collection of these rows; `nameOf` gives it its index of names. */
export function createCollection<R extends { readonly sid: string }>(
  nameOf?: (row: R) => string,
  initial: readonly R[] = [],
): Collection<R> {
  const rows = new Map<string, R>()
  const names = new Map<string, string>()
  const unname = (row: R | undefined) => {
    if (row && nameOf && names.get(nameOf(row)) === row.sid) names.delete(nameOf(row))
  }
  const collection: Collection<R> = {
    get size() {
      return rows.size
    },
    get: (sid) => rows.get(sid),
    byName(name) {
      const sid = names.get(name)
      return sid === undefined ? undefined : rows.get(sid)
    },
    put(row) {
      unname(rows.get(row.sid))
      if (nameOf) names.set(nameOf(row), row.sid)
      rows.set(row.sid, row)
      return row
    },
    delete(sid) {
      unname(rows.get(sid))
      rows.delete(sid)
    },
    values: () => rows.values(),
  }
  for (const row of initial) collection.put(row)
  return collection
}
