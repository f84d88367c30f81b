/** Something that happens again and again; whoever listens is told at once. */
export interface Signal<T> {
  /** Returns the function that ends the listening. */
  on(listener: (value: T) => void): () => void
}

/** A signal with the means to give it. */
export interface Emitter<T> extends Signal<T> {
  emit(value: T): void
  /** Ends all listening. */
  clear(): void
}

/** A signal without memory. Who starts to listen while it is given is not told. */
export function createSignal<T>(): Emitter<T> {
  const listeners = new Set<(value: T) => void>()
  return {
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    emit(value) {
      for (const listener of [...listeners]) {
        if (listeners.has(listener)) listener(value)
      }
    },
    clear: () => listeners.clear(),
  }
}
