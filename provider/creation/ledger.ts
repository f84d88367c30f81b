import type { Answer } from '../requests/client.ts'

/**
 * What a deployment knows of objects: those that the engine has in its state, those that were made here, and what was there
 * before. What is in none of these after a creation without an answer may be its object.
 */
export interface Ledger {
  /** The engine has this object, or gets it now. */
  know(id: string): void
  /** As `know`, for an object that was just made: what is in it, was made here too. */
  made(id: string): void
  isKnown(id: string): boolean
  /** The rows of a collection as they were before the first creation in it. `list` is called at most once. */
  before(path: string, list: () => Promise<readonly Answer[]>): Promise<readonly Answer[]>
  /** Does the work when no other of this key is under way. */
  alone<T>(key: string, work: () => Promise<T>): Promise<T>
}

/** An empty ledger. */
export function createLedger(): Ledger {
  const known = new Set<string>()
  const fresh = new Set<string>()
  const before = new Map<string, Promise<readonly Answer[]>>()
  const last = new Map<string, Promise<unknown>>()

  return {
    know: (id) => void known.add(id),
    made(id) {
      known.add(id)
      fresh.add(sidOf(id))
    },
    isKnown: (id) => known.has(id),
    async before(path, list) {
      if (path.split('/').some((part) => fresh.has(part))) return []
      const asked = before.get(path) ?? list()
      before.set(path, asked)
      try {
        return await asked
      } catch (error) {
        // The next creation asks again.
        before.delete(path)
        throw error
      }
    },
    async alone(key, work) {
      const turn = (last.get(key) ?? Promise.resolve()).then(work, work)
      last.set(key, turn)
      try {
        return await turn
      } finally {
        if (last.get(key) === turn) last.delete(key)
      }
    },
  }
}

/** The last of the SIDs that an id consists of. */
function sidOf(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1)
}
