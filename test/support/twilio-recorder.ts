import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request to Twilio's REST API. */
export type RecordedRequest = {
  readonly method: string
  /** Without the base URL: `/taskrouter.twilio.com/v1/…`. */
  readonly path: string
  readonly form: Readonly<Record<string, string>>
  readonly headers: IncomingMessage['headers']
}

/** An answer; `reset` cuts the connection instead, `cut` does in the middle of the body. */
export type Answer =
  | {
      readonly status?: number
      readonly body?: unknown
      readonly headers?: Readonly<Record<string, string>>
    }
  | 'reset'
  | 'cut'

/** Stands where Twilio's REST API is and keeps what it is asked. For whole calls there is the local Twilio. */
export interface TwilioRecorder {
  readonly baseUrl: string
  readonly requests: readonly RecordedRequest[]
  close(): Promise<void>
}

/** Starts a recorder whose answers come from `answer`. */
export async function startTwilioRecorder(
  answer: (request: RecordedRequest) => Answer,
): Promise<TwilioRecorder> {
  const requests: RecordedRequest[] = []
  const server = createServer(async (incoming, response) => {
    let body = ''
    for await (const chunk of incoming) body += String(chunk)
    const request = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      form: Object.fromEntries(new URLSearchParams(body)),
      headers: incoming.headers,
    }
    requests.push(request)
    const given = answer(request)
    if (given === 'reset') {
      incoming.socket.resetAndDestroy()
      return
    }
    if (given === 'cut') {
      response.writeHead(200, { 'content-length': '100' })
      response.write('{"half":', () => incoming.socket.resetAndDestroy())
      return
    }
    response.writeHead(given.status ?? 200, {
      'content-type': 'application/json',
      ...given.headers,
    })
    response.end(JSON.stringify(given.body ?? {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      return closed
    },
  }
}
