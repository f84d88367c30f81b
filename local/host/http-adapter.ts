import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { HttpData, LoadedApp } from './functions-core.ts'
import { invoke, type ReportError } from './invocation.ts'
import type { RouteTable } from './route-table.ts'

// As in Azure; what Twilio sends is far smaller.
const largestBody = 100 * 1024 * 1024

/** The app's HTTP functions for `node:http`. */
export type HttpAdapter = {
  readonly listener: RequestListener
  /** Resolves when no invocation is under way and its answer is written. */
  idle(): Promise<void>
}

/** Serves the app's HTTP functions; `onInvoked` is called after each invocation. */
export function createRequestListener(
  app: LoadedApp,
  routes: RouteTable,
  onInvoked: () => void,
  report: ReportError,
): HttpAdapter {
  let underWay = 0
  let quiet: () => void = () => {}
  let turn: Promise<void> | undefined
  // Answers that become ready in one turn of the loop leave together: to wake the other end costs more than to write.
  const endOfTurn = () => {
    turn ??= new Promise((resolve) => {
      setImmediate(() => {
        turn = undefined
        resolve()
      })
    })
    return turn
  }
  const listener: RequestListener = (request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
    const endpoint = routes(request.method ?? 'GET', path)
    if (!endpoint) {
      request.resume()
      response.writeHead(404).end()
      return
    }
    underWay++
    response.once('close', () => {
      if (--underWay === 0) quiet()
    })
    readBody(request)
      .then((bytes) => {
        const http = toHttpData(request, bytes, endpoint.params)
        return invoke(app, endpoint.registration, { binding: endpoint.binding, data: { http } })
      })
      .then(async (answer) => {
        await endOfTurn()
        write(answer?.http, response)
      })
      .catch((error: unknown) => {
        // The Functions host answers 500 when a function throws, and keeps the reason to itself.
        report(`function ${endpoint.registration.metadata.name}`, error)
        if (!response.headersSent) response.writeHead(500)
        response.end()
      })
      .finally(onInvoked)
  }
  return {
    listener,
    idle: () =>
      new Promise((resolve) => {
        quiet = resolve
        if (underWay === 0) resolve()
      }),
  }
}

function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    request.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length > largestBody) request.destroy(new Error('The request body is too large'))
      chunks.push(chunk)
    })
    request.on('end', () =>
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)),
    )
    request.on('error', reject)
  })
}

function toHttpData(
  request: IncomingMessage,
  bytes: Buffer,
  params: Readonly<Record<string, string>>,
): HttpData {
  const nullableHeaders: Record<string, { value: string }> = {}
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) {
      nullableHeaders[name] = { value: typeof value === 'string' ? value : value.join(', ') }
    }
  }
  return {
    method: request.method ?? 'GET',
    // The query only here: a map of its own would keep the last of repeated names.
    url: `http://${request.headers.host ?? 'localhost'}${request.url}`,
    nullableHeaders,
    nullableParams: Object.fromEntries(
      Object.entries(params).map(([name, value]) => [name, { value }]),
    ),
    body: bytes.length > 0 ? { bytes } : null,
  }
}

function write(answer: HttpData | undefined, response: ServerResponse): void {
  if (!answer) {
    response.writeHead(204).end()
    return
  }
  const body = answer.body?.bytes
  const headers: Record<string, string | number> = { ...answer.headers }
  const status = Number(answer.statusCode ?? 200)
  if (body && status !== 204) headers['content-length'] = body.length
  response.writeHead(status, headers).end(body && body.length > 0 ? body : undefined)
}
