import type { Clock } from '../../clock.ts'
import { createSignal } from './signal.ts'

/** Why a scope ended: the leg was hung up, it was sent to another document, or whoever opened the scope stopped it. */
export type Cause = 'hung-up' | 'redirected' | 'stopped'

/** Thrown out of whatever a scope was waiting for when it ends. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
  readonly reason: Cause

  constructor(reason: Cause) {
    super(`interrupted: ${reason}`)
    this.reason = reason
  }
}

/**
 * A stretch of a leg's life that can be cut short from outside. All waiting of the interpreter goes through one, so
 * that a hang-up, a redirect or a dequeue takes effect at every point, between verbs and inside them.
 */
export interface Scope {
  /** Null while it lasts. */
  readonly cause: Cause | null
  /** Called once when it ends (at once when it has ended); returns the function that ends the listening. */
  onEnd(listener: (cause: Cause) => void): () => void
  /** Waits until `start`'s callback is called. `start` returns what to do when the wait is over, however it ends. */
  wait<T>(start: (done: (value: T) => void) => () => void): Promise<T>
  /** Waits on the clock. */
  sleep(ms: number): Promise<void>
  /** Waits for work that goes on by itself even when nobody waits for it any more. */
  race<T>(work: Promise<T>): Promise<T>
  /** Runs `body` in a scope of its own, which ends with this one, or when `stop` is called: then with that value. */
  part<T>(body: (part: Scope, stop: (value: T) => void) => Promise<T>): Promise<T>
}

/** A scope and the means to end it. */
export interface OpenScope extends Scope {
  /** The first call counts. */
  end(cause: Cause): void
}

/** A scope that lasts until it is ended. */
export function createScope(clock: Clock): OpenScope {
  const ended = createSignal<Cause>()
  let cause: Cause | null = null

  const scope: OpenScope = {
    get cause() {
      return cause
    },
    end(why) {
      if (cause !== null) return
      cause = why
      ended.emit(why)
    },
    onEnd(listener) {
      if (cause === null) return ended.on(listener)
      listener(cause)
      return () => {}
    },
    wait: (start) =>
      new Promise((resolve, reject) => {
        if (cause !== null) return reject(new Interrupted(cause))
        let stopWaiting = () => {}
        let over = false
        const finish = () => {
          over = true
          off()
          stopWaiting()
        }
        const off = ended.on((why) => {
          finish()
          reject(new Interrupted(why))
        })
        stopWaiting = start((value) => {
          if (over) return
          finish()
          resolve(value)
        })
        // `start` may have called back before it returned what ends the waiting.
        if (over) stopWaiting()
      }),
    sleep: (ms) =>
      scope.wait((done) => {
        const timer = clock.schedule(clock.now() + ms, () => done(undefined))
        return () => timer.cancel()
      }),
    async race<T>(work: Promise<T>): Promise<T> {
      const outcome = await scope.wait<{ value: T } | { error: unknown }>((done) => {
        work.then(
          (value) => done({ value }),
          (error: unknown) => done({ error }),
        )
        return () => {}
      })
      if ('error' in outcome) throw outcome.error
      return outcome.value
    },
    async part<T>(body: (part: Scope, stop: (value: T) => void) => Promise<T>): Promise<T> {
      const part = createScope(clock)
      const off = scope.onEnd((why) => part.end(why))
      const stopped: { value?: T; is: boolean } = { is: false }
      const stop = (value: T) => {
        if (part.cause !== null) return
        stopped.is = true
        stopped.value = value
        part.end('stopped')
      }
      try {
        return await body(part, stop)
      } catch (error) {
        if (!(error instanceof Interrupted)) throw error
        if (cause !== null) throw new Interrupted(cause)
        if (!stopped.is) throw error
        return stopped.value as T
      } finally {
        off()
        part.end('stopped')
      }
    },
  }
  return scope
}
