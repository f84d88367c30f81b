import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import twilio from 'twilio'

/** A request that the application got, with the parameters of its query and its body. */
export type Seen = {
  readonly path: string
  readonly method: string
  readonly fields: Readonly<Record<string, string>>
  readonly cookie: string | undefined
}

/** What the application answers: TwiML, or anything with a status, a type and a body. */
export type Reply =
  | string
  | {
      readonly status?: number
      readonly type?: string
      readonly body?: string
      readonly location?: string
      readonly cookie?: string
    }

/** The customer's application: it answers by path, and refuses with 403 what is not signed as the official SDK checks it. */
export type Application = {
  readonly seen: Seen[]
  /** Public origin → where it listens. */
  readonly origins: Readonly<Record<string, string>>
  /** What the path answers from now on; a function is asked each time. */
  on(path: string, reply: Reply | ((request: Seen) => Reply)): void
  /** Requests to that path so far. */
  to(path: string): readonly Seen[]
  close(): Promise<void>
}

/** The application's public origin. */
export const origin = 'https://centre.example.com'

/** `<Response>` around verbs. */
export const response = (verbs: string) => `<?xml version="1.0"?><Response>${verbs}</Response>`

/** Starts it on a free port. A path without a plan answers 404. */
export async function startApplication(authToken: string): Promise<Application> {
  const plans = new Map<string, Reply | ((request: Seen) => Reply)>()
  const seen: Seen[] = []
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming
      const form = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()))
      const signature = String(headers['x-twilio-signature'])
      if (!twilio.validateRequest(authToken, signature, origin + url, form)) {
        outgoing.writeHead(403).end()
        return
      }
      const { pathname, searchParams } = new URL(url, origin)
      const fields = { ...Object.fromEntries(searchParams), ...form }
      const request = { path: pathname, method, fields, cookie: headers.cookie }
      seen.push(request)
      const plan = plans.get(pathname) ?? { status: 404 }
      const reply = typeof plan === 'function' ? plan(request) : plan
      const {
        status = 200,
        type = 'text/xml',
        body,
        location,
        cookie,
      } = typeof reply === 'string' ? { body: reply } : reply
      if (type) outgoing.setHeader('content-type', type)
      if (cookie) outgoing.setHeader('set-cookie', cookie)
      if (location) outgoing.setHeader('location', location)
      outgoing.writeHead(status).end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    seen,
    origins: { [origin]: `http://127.0.0.1:${port}` },
    on: (path, reply) => void plans.set(path, reply),
    to: (path) => seen.filter((request) => request.path === path),
    async close() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
