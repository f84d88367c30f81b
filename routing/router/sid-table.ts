import type { Sid } from '../router-contract.ts'

/**
 * Objects by SID, for those that come and go by the million. A `Map` would do, but each time it makes room after
 * deletions its old table keeps all it held alive until the next full garbage collection, which halves the speed.
 */
export type SidTable<T> = {
  readonly size: number
  get(sid: Sid): T | undefined
  has(sid: Sid): boolean
  set(sid: Sid, value: T): void
  delete(sid: Sid): void
  /** In no particular order. */
  values(): readonly T[]
}

/** An empty table: open addressing, at most half full, no marks of deleted entries. */
export function createSidTable<T>(): SidTable<T> {
  let capacity = 64
  let sids: (Sid | null)[] = new Array(capacity).fill(null)
  let values: (T | undefined)[] = new Array(capacity).fill(undefined)
  let hashes = new Int32Array(capacity)
  let size = 0

  /** Where the SID is, or the free slot where it would be. */
  function slotOf(sid: Sid, hash: number): number {
    let slot = hash & (capacity - 1)
    for (;;) {
      const found = sids[slot]
      if (found === null || (hashes[slot] === hash && found === sid)) return slot
      slot = (slot + 1) & (capacity - 1)
    }
  }

  function grow(): void {
    const [oldSids, oldValues, oldHashes] = [sids, values, hashes]
    capacity *= 2
    sids = new Array(capacity).fill(null)
    values = new Array(capacity).fill(undefined)
    hashes = new Int32Array(capacity)
    for (const [from, sid] of oldSids.entries()) {
      if (sid === null) continue
      const hash = oldHashes[from] ?? 0
      put(slotOf(sid, hash), sid, hash, oldValues[from])
    }
  }

  function put(slot: number, sid: Sid | null, hash: number, value: T | undefined): void {
    sids[slot] = sid
    hashes[slot] = hash
    values[slot] = value
  }

  return {
    get size() {
      return size
    },
    get: (sid) => values[slotOf(sid, hashOf(sid))],
    has: (sid) => sids[slotOf(sid, hashOf(sid))] !== null,
    set(sid, value) {
      const hash = hashOf(sid)
      const slot = slotOf(sid, hash)
      if (sids[slot] === null) size++
      put(slot, sid, hash, value)
      if (size * 2 > capacity) grow()
    },
    delete(sid) {
      let gap = slotOf(sid, hashOf(sid))
      if (sids[gap] === null) return
      size--
      const mask = capacity - 1
      // Those behind the gap move up, unless that would put them before the slot they belong to.
      for (let slot = (gap + 1) & mask; sids[slot] !== null; slot = (slot + 1) & mask) {
        const home = (hashes[slot] ?? 0) & mask
        if (((slot - home) & mask) < ((slot - gap) & mask)) continue
        put(gap, sids[slot] ?? null, hashes[slot] ?? 0, values[slot])
        gap = slot
      }
      put(gap, null, 0, undefined)
    },
    values: () => values.filter((_, slot) => sids[slot] !== null) as T[],
  }
}

// The end of a SID tells it from others, whether it is random or counted.
function hashOf(sid: Sid): number {
  let hash = sid.length
  for (let i = Math.max(0, sid.length - 10); i < sid.length; i++) {
    hash = Math.imul(hash ^ sid.charCodeAt(i), 0x01000193)
  }
  return hash ^ (hash >>> 15)
}
