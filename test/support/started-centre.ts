import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectDir } from '../../local/paths.ts'

/** A command of the project, run as a user runs it. */
export type RunningCommand = {
  readonly child: ChildProcess
  /** What it printed so far, on both outputs. */
  printed(): string
  /** Waits until it printed this; throws when it ended before. */
  until(text: string): Promise<void>
  readonly ended: Promise<number | null>
}

/** Runs `local/launch.js` with its state in a folder of its own. */
export function runCommand(stateDir: string, ...args: readonly string[]): RunningCommand {
  const child = spawn(process.execPath, [join(projectDir, 'local/launch.js'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, SWITCHBOARD_STATE_DIR: stateDir },
  })
  let text = ''
  let changed = Promise.withResolvers<void>()
  const add = (chunk: Buffer) => {
    text += chunk
    changed.resolve()
    changed = Promise.withResolvers()
  }
  child.stdout.on('data', add)
  child.stderr.on('data', add)
  const ended = once(child, 'close').then(([code]) => code as number | null)
  return {
    child,
    ended,
    printed: () => text,
    async until(wanted) {
      while (!text.includes(wanted)) {
        const over = await Promise.race([changed.promise, ended.then(() => true)])
        if (over && !text.includes(wanted)) throw new Error(`it ended and printed:\n${text}`)
      }
    },
  }
}

/** The processes below another one, by what /proc says (Linux). */
export async function descendantsOf(pid: number): Promise<number[]> {
  const file = `/proc/${pid}/task/${pid}/children`
  const children = (await readFile(file, 'utf8').catch(() => '')).split(' ').filter(Boolean)
  const below = await Promise.all(children.map((child) => descendantsOf(Number(child))))
  return [...children.map(Number), ...below.flat()]
}

/** Waits until none of these processes runs any more. */
export async function untilGone(pids: readonly number[]): Promise<void> {
  while (pids.some(isRunning)) await new Promise((resolve) => setTimeout(resolve, 50))
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
