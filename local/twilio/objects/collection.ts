/** Rows by SID, in order of their creation, and by a name that no two of them share. */
export interface Collection<R extends { readonly sid: string }> {
  readonly size: number
  get(sid: string): R | undefined
  /** The row of that name; undefined too when this collection has no names. */
  byName(name: string): R | undefined
  /** The rows that belong to that object, oldest first; none when this collection has no owners. */
  of(ownerSid: string): readonly R[]
  /** Adds the row, or replaces the one of its SID and keeps its place. */
  put(row: R): R
  delete(sid: string): void
  values(): IterableIterator<R>
}

/**
 * A collection of these rows; `nameOf` gives it its index of names, `ownersOf` that of the objects to which a row
 * belongs as long as it lives.
 */
export function createCollection<R extends { readonly sid: string }>(
  nameOf?: (row: R) => string,
  initial: readonly R[] = [],
  ownersOf: (row: R) => readonly string[] = () => [],
): Collection<R> {
  const rows = new Map<string, R>()
  const names = new Map<string, string>()
  const owned = new Map<string, Set<string>>()
  const own = (row: R) => {
    for (const owner of ownersOf(row)) {
      const sids = owned.get(owner) ?? new Set()
      owned.set(owner, sids.add(row.sid))
    }
  }
  const disown = (row: R | undefined) => {
    for (const owner of row ? ownersOf(row) : []) {
      const sids = owned.get(owner)
      sids?.delete(row?.sid ?? '')
      if (sids?.size === 0) owned.delete(owner)
    }
  }
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
    of(ownerSid) {
      return [...(owned.get(ownerSid) ?? [])].flatMap((sid) => rows.get(sid) ?? [])
    },
    put(row) {
      const known = rows.get(row.sid)
      unname(known)
      if (!known) own(row)
      if (nameOf) names.set(nameOf(row), row.sid)
      rows.set(row.sid, row)
      return row
    },
    delete(sid) {
      unname(rows.get(sid))
      disown(rows.get(sid))
      rows.delete(sid)
    },
    values: () => rows.values(),
  }
  for (const row of initial) collection.put(row)
  return collection
}
