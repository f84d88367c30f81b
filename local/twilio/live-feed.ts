import type { LiveEvent } from './contract.ts'

/** Hands live events to whoever watches. */
export interface LiveFeed {
  emit(event: LiveEvent): void
  /** Called for each event, in order; returns the function that ends it. */
  subscribe(listener: (event: LiveEvent) => void): () => void
  /** Whether anybody watches: sentences need not be made for nobody. */
  readonly watched: boolean
}

/** A feed without memory. A listener that throws does not keep the others from hearing. */
export function createLiveFeed(): LiveFeed {
  const listeners = new Set<(event: LiveEvent) => void>()
  return {
    emit(event) {
      for (const listener of listeners) {
        try {
          listener(event)
        } catch (error) {
          // A watcher's mistake belongs to the watcher; the centre goes on.
          queueMicrotask(() => {
            throw error
          })
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    get watched() {
      return listeners.size > 0
    },
  }
}
