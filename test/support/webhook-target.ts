import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A webhook as it arrived. */
export type Delivered = {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly form: Readonly<Record<string, string>>
}

/** What the application answers; JSON unless it is text. `reset` cuts the connection. */
export type Reply =
  | {
      readonly status?: number
      readonly json?: unknown
      readonly text?: string
      readonly type?: string
    }
  | 'reset'

/** A customer's application on a free port that notes what Twilio sends. */
export type WebhookTarget = {
  readonly origin: string
  readonly delivered: Delivered[]
  /** Decides the answers; by default 200 with an empty body. */
  reply: (webhook: Delivered) => Reply
  close(): Promise<void>
}

/** Starts an application that answers every path. */
export async function startWebhookTarget(): Promise<WebhookTarget> {
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const { method = '', url: path = '', headers } = incoming
      const form = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()))
      const webhook = { method, path, headers, form }
      target.delivered.push(webhook)
      const reply = target.reply(webhook)
      if (reply === 'reset') {
        incoming.socket.destroy()
        return
      }
      const { status = 200, json, text = json === undefined ? '' : JSON.stringify(json) } = reply
      const type = reply.type ?? (json === undefined ? 'text/plain' : 'application/json')
      outgoing.writeHead(status, { 'content-type': type }).end(text)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const target: WebhookTarget = {
    origin: `http://127.0.0.1:${port}`,
    delivered: [],
    reply: () => ({}),
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
  return target
}
