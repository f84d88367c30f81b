import { Interrupted, type Scope } from '../scope.ts'
import { createSignal } from '../signal.ts'
import type { Call } from './call.ts'

/** Two legs that hear each other until one of them leaves. */
export interface Bridge {
  /** True from the moment one side left. */
  readonly over: boolean
  /** Keeps a side in the bridge: returns when the bridge is over, ends it when the side's scope ends. */
  hold(scope: Scope): Promise<void>
  end(): void
  onEnd(listener: () => void): () => void
}

/** A bridge that nobody has left yet. */
export function createBridge(): Bridge {
  const ended = createSignal<void>()
  let over = false
  const bridge: Bridge = {
    get over() {
      return over
    },
    async hold(scope) {
      try {
        await scope.wait<void>((done) => {
          if (over) done()
          return ended.on(done)
        })
      } finally {
        bridge.end()
      }
    },
    end() {
      if (over) return
      over = true
      ended.emit()
    },
    onEnd: (listener) => ended.on(listener),
  }
  return bridge
}

/** The side of a leg that has no document of its own: when the bridge is over, the leg is hung up. */
export async function holdGuest(bridge: Bridge, guest: Call, scope: Scope): Promise<void> {
  try {
    await bridge.hold(scope)
    guest.hangUp('completed')
  } catch (error) {
    // Hung up, or sent to a document of its own: both have left already.
    if (!(error instanceof Interrupted)) throw error
  }
}
