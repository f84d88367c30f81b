import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { Failure } from './failure.ts'

/** A Node process of the centre. */
export type ChildSpec = {
  /** As messages call it: `Azurite`. */
  readonly name: string
  /** Arguments for Node: its own flags, the script, the script's arguments. */
  readonly args: readonly string[]
  /** The whole environment besides the inherited one. */
  readonly env?: Readonly<Record<string, string>>
}

/** What a child says when it is ready: where it listens, and what else it likes. */
export type ReadyReport = Readonly<Record<string, unknown>>

/** How a child ended. */
export type ChildExit = { readonly code: number | null; readonly signal: string | null }

/** A running child. */
export interface Child {
  readonly name: string
  readonly pid: number
  /** What the child reported when it was ready; rejects with `ChildFailed` when it ended before. */
  readonly ready: Promise<ReadyReport>
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
 * Starts a child, which prints one line of JSON, `{"ready":true, …}`, once it serves. It has a channel to this process
 * and ends when that closes, so that nothing is left behind however this process ends.
 */
export function startChild(spec: ChildSpec, onOutput?: (line: string) => void): Child {
  const process_ = spawn(process.execPath, spec.args, {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A group of its own: Ctrl-C in the terminal is the parent's to handle, who stops it last.
    detached: true,
    env: { ...process.env, ...spec.env },
  })
  let output = ''
  let reportReady: (report: ReadyReport) => void
  const reported = new Promise<ReadyReport>((resolve) => {
    reportReady = resolve
  })
  for (const stream of [process_.stdout, process_.stderr]) {
    if (!stream) continue
    createInterface({ input: stream }).on('line', (line) => {
      const report = readReport(line)
      if (report?.['ready']) return reportReady(report)
      output = `${output}${report?.['error'] ?? line}\n`.slice(-KEPT_OUTPUT)
      onOutput?.(line)
    })
  }
  const exited = new Promise<ChildExit>((resolve) => {
    process_.once('exit', (code, signal) => resolve({ code, signal }))
    process_.once('error', () => resolve({ code: null, signal: null }))
  })
  const ready = Promise.race([
    reported,
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

function readReport(line: string): ReadyReport | undefined {
  if (!line.startsWith('{"ready"')) return undefined
  try {
    return JSON.parse(line)
  } catch {
    return undefined // looks like a report and is none: passed on as output
  }
}
