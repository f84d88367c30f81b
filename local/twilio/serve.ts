import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Twilio } from './contract.ts'
import { ConnectionReset } from './faults.ts'

/** A local Twilio that listens. */
export type TwilioServer = {
  /** Base URL without a trailing slash: `http://127.0.0.1:4301`. */
  readonly url: string
  readonly port: number
  /** Stops listening and drops every connection. */
  close(): Promise<void>
}

/** The port is taken by another program, or may not be used. */
export class PortUnavailable extends Error {
  override readonly name = 'PortUnavailable'
  readonly port: number
  constructor(port: number, cause: NodeJS.ErrnoException) {
    const why =
      cause.code === 'EADDRINUSE'
        ? 'is taken by another program: stop it, or choose another port'
        : `cannot be used (${cause.code ?? cause.message}): choose another port`
    super(`Port ${port} ${why}`, { cause })
    this.port = port
  }
}

/** Opens a port for a local Twilio. Port 0 takes a free one; `host` defaults to this machine only. */
export function serveTwilio({
  twilio,
  port,
  host = '127.0.0.1',
}: {
  readonly twilio: Twilio
  readonly port: number
  readonly host?: string
}): Promise<TwilioServer> {
  const server = createServer((incoming, outgoing) => {
    void answer(twilio, incoming, outgoing)
  })
  // The default of five seconds is shorter than a pause between two calls of one program: connections would be lost.
  server.keepAliveTimeout = 65_000
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(new PortUnavailable(port, error)))
    server.listen(port, host, () => {
      const { port: actual } = server.address() as AddressInfo
      resolve({
        url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`,
        port: actual,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed())
            server.closeAllConnections()
          }),
      })
    })
  })
}

async function answer(
  twilio: Twilio,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  try {
    const response = await twilio.fetch(await toRequest(incoming))
    outgoing.writeHead(response.status, Object.fromEntries(response.headers))
    outgoing.end(response.body === null ? undefined : Buffer.from(await response.arrayBuffer()))
  } catch (error) {
    if (error instanceof ConnectionReset) {
      incoming.socket.destroy()
      return
    }
    // Not a refusal but a mistake of ours: said to the client, so that it is seen where it hurts.
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
    if (!outgoing.headersSent) outgoing.writeHead(500, { 'content-type': 'application/json' })
    outgoing.end(JSON.stringify({ code: 20500, message, more_info: '', status: 500 }))
  }
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const { method = 'GET', headers, url = '/' } = incoming
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  const lines = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string') lines.set(name, value)
  }
  const body = chunks.length > 0 && method !== 'GET' && method !== 'HEAD'
  return new Request(new URL(url, 'http://local'), {
    method,
    headers: lines,
    body: body ? Buffer.concat(chunks) : undefined,
  })
}
