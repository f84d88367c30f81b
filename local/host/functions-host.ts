import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { LoadedApp } from './functions-core.ts'
import { readQueueSettings } from './host-settings.ts'
import { createRequestListener } from './http-adapter.ts'
import { type ReportError, reportToStderr } from './invocation.ts'
import { type QueuePoller, startQueuePoller } from './queue-poller.ts'
import { createRouteTable, findTrigger } from './route-table.ts'

/** A served functions app. */
export interface FunctionsHost {
  /** Where it listens, for example http://127.0.0.1:4302. */
  readonly origin: string
  readonly port: number
  /** Names of the functions that the app registered. */
  readonly functionNames: readonly string[]
  /** Takes nothing new, waits for what is under way, closes the port. */
  close(): Promise<void>
}

/** The port is somebody else's. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken'
  readonly port: number

  constructor(port: number, cause: unknown) {
    super(`Port ${port} is taken by another program; stop it, or choose another port`, { cause })
    this.port = port
  }
}

/** How an app is served. */
export type ServeOptions = {
  readonly port?: number
  readonly hostname?: string
  /** Connection strings by the names that queue triggers use; without it queues are not polled. */
  readonly connections?: Readonly<Record<string, string | undefined>>
  /** Default: a line on stderr. */
  readonly report?: ReportError
}

/** Serves a loaded app on a port, and its queues. */
export async function serveApp(
  app: LoadedApp,
  { port = 0, hostname = '127.0.0.1', connections, report = reportToStderr }: ServeOptions = {},
): Promise<FunctionsHost> {
  let pollers: readonly QueuePoller[] = []
  const nudgePollers = () => {
    for (const poller of pollers) poller.nudge()
  }
  const routes = createRouteTable(app)
  const { listener, idle } = createRequestListener(app, routes, nudgePollers, report)
  const server = createServer(listener)
  await listen(server, port, hostname)
  const address = server.address() as AddressInfo
  if (connections) pollers = startPollers(app, connections, report)
  return {
    origin: `http://${hostname}:${address.port}`,
    port: address.port,
    functionNames: app.registrations.map(({ metadata }) => metadata.name),
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      await idle()
      // Clients keep connections open that they no longer use.
      server.closeAllConnections()
      await closed
      await Promise.all(pollers.map((poller) => poller.stop()))
    },
  }
}

function startPollers(
  app: LoadedApp,
  connections: Readonly<Record<string, string | undefined>>,
  report: ReportError,
): QueuePoller[] {
  const settings = readQueueSettings()
  return app.registrations.flatMap((registration) => {
    const [, trigger] = findTrigger(registration, 'queueTrigger') ?? []
    const connection = connections[trigger?.connection ?? '']
    if (!trigger || !connection) return []
    const connect = async (queueName: string) => {
      const { QueueServiceClient } = await import('@azure/storage-queue')
      const retryOptions = { maxTries: 1 }
      const service = QueueServiceClient.fromConnectionString(connection, { retryOptions })
      return service.getQueueClient(queueName)
    }
    return [startQueuePoller(app, registration, connect, settings, report)]
  })
}

function listen(server: Server, port: number, hostname: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject('code' in error && error.code === 'EADDRINUSE' ? new PortTaken(port, error) : error),
    )
    server.listen(port, hostname, resolve)
  })
}
