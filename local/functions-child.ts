import { appendFileSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Child, startChild } from './child.ts'
import type { RunningFunctions, StartFunctions } from './functions-runner.ts'
import { hostProgram } from './host/program.ts'

// A host that ends again at once is broken; trying on would only fill the log.
const MAX_RESTARTS = 5
const RESTART_WAIT_MS = 500

/** Runs the functions as a child process; what they log goes to a file. One that dies is started again. */
export function functionsInChild(logFile: string, warn: (text: string) => void): StartFunctions {
  mkdirSync(dirname(logFile), { recursive: true })
  const log = (line: string) => appendFileSync(logFile, `${line}\n`)

  return async function start(environment, port): Promise<RunningFunctions> {
    let stopped = false
    let restarts = 0
    const launch = (at: number) =>
      startChild(
        {
          name: 'The functions host',
          args: hostProgram,
          env: { ...environment, PORT: String(at) },
        },
        log,
      )
    let child: Child = launch(port)
    const { origin } = await child.ready
    if (typeof origin !== 'string') throw new Error('the functions host did not say where it is')

    async function watch(): Promise<void> {
      await child.exited
      if (stopped) return
      if (++restarts > MAX_RESTARTS) {
        warn(`The functions host keeps ending; see ${logFile}`)
        return
      }
      warn('The functions host ended unexpectedly; it is started again.')
      await sleep(RESTART_WAIT_MS)
      if (stopped) return
      child = launch(Number(new URL(origin as string).port))
      void watch()
    }
    void watch()

    return {
      origin,
      stop() {
        stopped = true
        return child.stop()
      },
    }
  }
}
