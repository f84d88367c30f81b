import { type ChildProcess, spawn } from 'node:child_process'
import { Failure } from './failure.ts'

/** A Node process of the centre. */
export type ChildSpec = {
  /** As messages call it: `Azurite`. */
  readonly name: string
  readonly script: string
  readonly args?: readonly string[]
  /** The whole environment besides the inherited one. */
  readonly env?: Readonly<Record<string, string>>
}

/** How a child ended. */
export type ChildExit = { readonly code: number | null; readonly signal: string | null }

/** A running child. */
export interface Child {
  readonly name: string
  readonly pid: number
  /** What the child reported when it was ready; rejects with `ChildFailed` when it ended before. */
  readonly ready: Promise<unknown>
  readonly exited: Promise<ChildExit>
  /** Asks it to end, and ends it by force when it has not after a while. */
  stop(): Promise<void>
}

/** A child that ended before it was ready. */
export class ChildFailed extends Failure {
  override readonly name = 'ChildFailed'

  constructor(name: string, { code, signal }: ChildExit, output: string) {
    const how = signal ? `was ended by ${signal}` : `ended with code ${code}`
    super('child-failed', `${name} ${how} before it was ready.`, output.trim().slice(-2_000))
  }
}

const STOP_GRACE_MS = 4_000
const KEPT_OUTPUT = 8_000

/**
 * Starts a child, which sends `{ ready: … }` over its channel once it serves. When this process ends, however it ends,
 * the channel closes and the child ends too (`endWithParent`).
 */
export function startChild(spec: ChildSpec, onOutput?: (line: string) => void): Child {
  const process_ = spawn(process.execPath, [spec.script, ...(spec.args ?? [])], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...spec.env },
  })
  let output = ''
  const listen = (chunk: Buffer) => {
    output = (output + chunk).slice(-KEPT_OUTPUT)
    for (const line of String(chunk).split('\n')) if (line) onOutput?.(line)
  }
  process_.stdout?.on('data', listen)
  process_.stderr?.on('data', listen)
  const exited = new Promise<ChildExit>((resolve) => {
    process_.once('exit', (code, signal) => resolve({ code, signal }))
    process_.once('error', () => resolve({ code: null, signal: null }))
  })
  const ready = Promise.race([
    untilReady(process_),
    exited.then((exit) => {
      throw new ChildFailed(spec.name, exit, output)
    }),
  ])
  ready.catch(() => {}) // whoever waits for it hears of it; nobody may be waiting while everything ends
  return {
    name: spec.name,
    pid: process_.pid ?? 0,
    ready,
    exited,
    async stop() {
      process_.kill('SIGTERM')
      const force = setTimeout(() => process_.kill('SIGKILL'), STOP_GRACE_MS)
      await exited
      clearTimeout(force)
    },
  }
}

/** Called in a child: it ends with its parent, and leaves Ctrl-C in the shared terminal to the parent. */
export function endWithParent(end: () => void): void {
  if (!process.channel) return
  process.on('SIGINT', () => {})
  process.once('SIGTERM', end)
  process.once('disconnect', end)
}

/** Called in a child once it serves. */
export function reportReady(ready: unknown): void {
  process.send?.({ ready })
}

function untilReady(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve) => {
    child.on('message', (message: unknown) => {
      if (typeof message === 'object' && message !== null && 'ready' in message) {
        resolve(message.ready)
      }
    })
  })
}
