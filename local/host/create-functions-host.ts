import type { Log } from '../../functions/index.ts'
import {
  createServices,
  readConfiguration,
  registerApp,
  registerNotConfigured,
} from '../../functions/index.ts'
import type { Clock } from '../clock.ts'
import { type LoadedApp, loadApp } from './functions-core.ts'
import { type FunctionsHost, serveApp } from './functions-host.ts'
import { readQueueSettings } from './host-settings.ts'
import { type ReportError, reportToStderr } from './invocation.ts'
import { createVirtualQueue } from './virtual-queue.ts'

/** How the functions app is served within this process. */
export type FunctionsHostOptions = {
  /** The app settings, by their names in the environment. Incomplete ones give an app that says so. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Default 0: any free port. */
  readonly port?: number
  /** Gives the app its time, and brings its jobs when their time has come; without it they go by the storage queue. */
  readonly clock?: Clock
  readonly log?: Log
}

/** Serves the registrations of `functions/app.ts` without the Functions host. Several may run in one process. */
export async function createFunctionsHost({
  environment,
  port = 0,
  clock,
  log,
}: FunctionsHostOptions): Promise<FunctionsHost & { readonly poison: readonly unknown[] }> {
  const report: ReportError = log
    ? (what, error) => log.error('host.failed', { what, error })
    : reportToStderr
  let app: LoadedApp | undefined
  const queue =
    clock &&
    createVirtualQueue(
      clock,
      () => {
        if (!app) throw new Error('The app is still being loaded')
        return app
      },
      readQueueSettings(),
      report,
    )
  app = await loadApp(() => {
    const configuration = readConfiguration(environment)
    if (configuration.kind === 'not-configured') {
      registerNotConfigured(configuration.problems)
      return
    }
    registerApp(
      createServices(configuration.settings, {
        ...(log ? { log } : {}),
        ...(clock && queue
          ? { now: () => clock.now(), schedule: async (atMs, job) => queue.send(atMs, job) }
          : {}),
      }),
    )
  })
  const host = await serveApp(app, { port, report, ...(clock ? {} : { connections: environment }) })
  return { ...host, poison: queue?.poison ?? [] }
}
