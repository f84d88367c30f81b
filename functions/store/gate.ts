/** Lets so many through at once; the others wait their turn. */
export type Gate = <T>(work: () => Promise<T>) => Promise<T>

/** Waited too long for a turn: what went before takes more time than is good. */
export class GateClosed extends Error {
  override readonly name = 'GateClosed'

  constructor(waitedMs: number) {
    super(`The storage was busy with other calls for ${waitedMs} ms`)
  }
}

/**
 * A gate for calls that are bounded in time: a burst of them would wait for each other until all have run out of it, and each
 * be tried again. Whoever has not come through after `patienceMs` is refused.
 */
export function createGate(most: number, patienceMs: number): Gate {
  let inside = 0
  const waiting = new Set<() => void>()

  function turn(): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = () => {
        clearTimeout(patience)
        resolve()
      }
      const patience = setTimeout(() => {
        waiting.delete(enter)
        reject(new GateClosed(patienceMs))
      }, patienceMs)
      patience.unref()
      waiting.add(enter)
    })
  }

  return async (work) => {
    if (inside < most) inside++
    else await turn()
    try {
      return await work()
    } finally {
      const [next] = waiting
      if (next) {
        waiting.delete(next)
        next()
      } else inside--
    }
  }
}
