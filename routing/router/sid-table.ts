import type { Sid } from '../router-contract.ts'

/** Objects by SID, for those that come and go by the million; in the order in which they came. */
export type SidTable<T> = {
  get(sid: Sid): T | undefined
  has(sid: Sid): boolean
  set(sid: Sid, value: T): void
  delete(sid: Sid): void
  values(): Iterable<T>
}

// A map keeps the room of what was deleted until it makes a new table, and the old table keeps the new one and all that
// was ever in it alive until the next full garbage collection, which halves the speed. A new map has no such chain.
const deletionsPerMap = 1024

/** An empty table. */
export function createSidTable<T>(): SidTable<T> {
  let map = new Map<Sid, T>()
  let deletions = 0
  return {
    get: (sid) => map.get(sid),
    has: (sid) => map.has(sid),
    set(sid, value) {
      map.set(sid, value)
    },
    delete(sid) {
      if (!map.delete(sid)) return
      deletions++
      if (deletions < deletionsPerMap || deletions < map.size) return
      map = new Map(map)
      deletions = 0
    },
    values: () => map.values(),
  }
}
