import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AnswerLost } from './faults.ts'
import type { ServiceNow } from './service-now.ts'

/** An instance that listens on this machine only. */
export type ServiceNowServer = {
  /** Without a last slash. */
  readonly url: string
  close(): Promise<void>
}

/** Opens a port for an instance; port 0 takes a free one. */
export async function serveServiceNow(
  serviceNow: Pick<ServiceNow, 'fetch'>,
  port: number,
): Promise<ServiceNowServer> {
  const server = createServer(async (incoming, outgoing) => {
    try {
      const response = await serviceNow.fetch(await toRequest(incoming))
      outgoing.writeHead(response.status, Object.fromEntries(response.headers))
      outgoing.end(Buffer.from(await response.arrayBuffer()))
    } catch (error) {
      if (error instanceof AnswerLost) {
        incoming.socket.destroy()
        return
      }
      // A mistake of ours: said to the client, so that it is seen where it hurts.
      outgoing.writeHead(500).end(error instanceof Error ? error.stack : String(error))
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
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
  return new Request(new URL(url, `http://${headers.host ?? 'localhost'}`), {
    method,
    headers: lines,
    body: method === 'GET' || chunks.length === 0 ? undefined : Buffer.concat(chunks),
  })
}
