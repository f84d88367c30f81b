import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'

/** One HTTP request as it goes over the wire. */
export type WireRequest = {
  readonly url: URL
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly connectMs: number
  readonly readMs: number
  /** Ends the exchange, whatever it is doing, at this `performance.now()`. */
  readonly endsAt: number
}

/** What came back. */
export type WireAnswer = {
  readonly kind: 'answered'
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** Nothing usable came back; `phase` tells what was under way. */
export type WireFailure = {
  readonly kind: 'failed'
  readonly phase: 'connect' | 'read'
  readonly code: number
  readonly reason: string
}

/** Sends requests over kept-alive connections; `close` drops these. */
export interface Wire {
  exchange(request: WireRequest): Promise<WireAnswer | WireFailure>
  close(): void
}

// An answer to a webhook is a page of TwiML or JSON; more than this is a mistake at the other end.
const LONGEST_ANSWER = 1 << 20

/** The wire on `node:http`: timers run on the wall, since the other end is a real process. */
export function createWire(): Wire {
  const agents = {
    'http:': new HttpAgent({ keepAlive: true }),
    'https:': new HttpsAgent({ keepAlive: true }),
  }
  return {
    exchange: (request) => exchangeOnce(request, agents),
    close() {
      agents['http:'].destroy()
      agents['https:'].destroy()
    },
  }
}

function exchangeOnce(
  request: WireRequest,
  agents: { readonly 'http:': HttpAgent; readonly 'https:': HttpsAgent },
  fresh = false,
): Promise<WireAnswer | WireFailure> {
  const { url, method, headers, body, connectMs, readMs, endsAt } = request
  return new Promise((resolve) => {
    const secure = url.protocol === 'https:'
    const send = secure ? httpsRequest : httpRequest
    const outgoing = send(url, {
      method,
      headers,
      agent: fresh ? false : agents[secure ? 'https:' : 'http:'],
    })
    let phase: 'connect' | 'read' = 'connect'
    let timer: NodeJS.Timeout | undefined
    const end = (result: WireAnswer | WireFailure | Promise<WireAnswer | WireFailure>) => {
      clearTimeout(timer)
      clearTimeout(total)
      resolve(result)
    }
    const fail = (code: number, reason: string) => {
      end({ kind: 'failed', phase, code, reason })
      outgoing.destroy()
    }
    const wait = (ms: number, what: string) => {
      clearTimeout(timer)
      timer = setTimeout(() => fail(11205, `${what} within ${ms} ms`), ms)
    }
    const total = setTimeout(
      () => fail(11205, 'no complete answer within the time allowed'),
      Math.max(0, endsAt - performance.now()),
    )
    wait(connectMs, 'no connection')
    outgoing.once('socket', (socket) => {
      const connected = () => {
        phase = 'read'
        wait(readMs, 'no answer')
      }
      if (outgoing.reusedSocket) connected()
      else socket.once(secure ? 'secureConnect' : 'connect', connected)
    })
    outgoing.once('error', (error: NodeJS.ErrnoException) => {
      // A server may close an idle connection at the very moment it is used again: that is no failure of the server.
      const stale = outgoing.reusedSocket && !fresh && error.code === 'ECONNRESET'
      end(
        stale
          ? exchangeOnce(request, agents, true)
          : { kind: 'failed', phase, code: alertCode(error), reason: failureText(error) },
      )
    })
    outgoing.once('response', (incoming) => {
      const chunks: Buffer[] = []
      let length = 0
      incoming.on('data', (chunk: Buffer) => {
        wait(readMs, 'nothing more')
        chunks.push(chunk)
        length += chunk.length
        if (length > LONGEST_ANSWER) fail(11200, `an answer of more than ${LONGEST_ANSWER} bytes`)
      })
      incoming.once('error', (error) => fail(alertCode(error), failureText(error)))
      incoming.once('end', () =>
        end({
          kind: 'answered',
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      )
    })
    outgoing.end(body)
  })
}

/** Code of Twilio's error dictionary for what the socket says. */
function alertCode({ code = '' }: NodeJS.ErrnoException): number {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 11210
  if (code.startsWith('ERR_TLS_CERT') || code === 'CERT_HAS_EXPIRED') return 11237
  if (/SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/.test(code)) return 11237
  if (code.startsWith('ERR_SSL') || code === 'EPROTO') return 11220
  return 11205
}

function failureText(error: NodeJS.ErrnoException): string {
  // A failed dual-stack connection is an AggregateError without a message of its own.
  return error.message || error.code || 'the connection failed'
}
