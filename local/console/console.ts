import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { isIP } from 'node:net'
import { stripVTControlCharacters } from 'node:util'
import { WebSocketServer } from 'ws'
import type { Change, ChangeDesk } from '../change.ts'
import type { Clock } from '../clock.ts'
import type { Deployment } from '../deployment.ts'
import type { LiveEvent, Twilio } from '../twilio/contract.ts'
import { createAssets } from './assets.ts'
import { createHuntFeed } from './hunt-feed.ts'
import type { Hunts } from './hunts.ts'
import type { Incidents } from './incidents.ts'
import type { ConsoleMessage } from './messages.ts'
import { startSession } from './session.ts'
import { createStateFeed } from './state-feed.ts'
import { createWorkerCommands } from './worker-commands.ts'
import type { WrapUps } from './wrap-ups.ts'

/** What varies between consoles. */
export type ConsoleOptions = {
  readonly twilio: Twilio
  readonly clock: Clock
  readonly account: { readonly accountSid: string; readonly authToken: string }
  /** Told at `/run`, so that other commands know that this is the centre of their `run.json`. */
  readonly runId?: string
  /** What is deployed at the moment, if anything. */
  readonly deployment?: () => Deployment | undefined
  /** How a desk ends or extends a wrap-up; without it, it ends by itself only. */
  readonly wrapUps?: WrapUps
  /** Where hunts are read and answered; without it, none are shown. */
  readonly hunts?: Hunts
  /** The same of hunts for incidents. */
  readonly incidents?: Incidents
  /** Reads again what is deployed, after another process changed it. */
  readonly takeOver?: () => Promise<void>
  /** The change of the program that may wait for a decision. */
  readonly changes?: ChangeDesk
}

/** The console: the page where calls are placed and answered, and the socket behind it. */
export interface Console {
  /** Opens the port (0 for any) on this machine only; returns the page's address. */
  listen(port: number): Promise<string>
  /** Forgets what happened so far: a page that opens later is not told of it. */
  forgetEvents(): void
  close(): Promise<void>
}

// The page shows this many events of the past when it opens.
const KEPT_EVENTS = 200

const pageHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  // Files are asked for again each time and answered 304 while they are the same.
  'cache-control': 'no-cache',
}

/** Creates the console; nothing listens yet. */
export function createConsole(options: ConsoleOptions): Console {
  const { twilio, changes } = options
  const assets = createAssets()
  const workers = createWorkerCommands(twilio, options.account)
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 16_384 })
  const events: LiveEvent[] = []

  const watched = () => sockets.clients.size > 0
  const broadcast = (message: ConsoleMessage) => {
    if (!watched()) return
    const text = JSON.stringify(message)
    for (const socket of sockets.clients) if (socket.readyState === socket.OPEN) socket.send(text)
  }
  const feed = createStateFeed({
    ...options,
    watched,
    publish: (state) => broadcast({ kind: 'state', state }),
  })
  const huntFeed =
    options.hunts &&
    createHuntFeed({
      hunts: options.hunts,
      watched,
      publish: (hunts, unsent) => broadcast({ kind: 'hunts', hunts, unsent }),
    })
  const incidentFeed =
    options.incidents && createIncidentFeed(options.incidents, watched, broadcast)
  const unsubscribe = [
    twilio.subscribe((event) => {
      events.push(event)
      if (events.length > KEPT_EVENTS) events.shift()
      broadcast({ kind: 'event', event })
      feed.touch()
      huntFeed?.touch()
      incidentFeed?.touch()
    }),
    changes?.subscribe((change) => broadcast(changeMessage(change))),
  ]

  const server = createServer((request, response) => {
    void serve(request, response, assets, options.runId ?? '')
  })
  server.on('upgrade', (request, socket, head) => {
    if (request.url !== '/live' || !isOwnPage(request)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      const messages: ConsoleMessage[] = [
        { kind: 'state', state: feed.state() },
        ...events.map((event) => ({ kind: 'event', event }) as const),
        changeMessage(changes?.current() ?? null),
      ]
      for (const message of messages) opened.send(JSON.stringify(message))
      startSession({
        socket: opened,
        twilio,
        workers,
        feed,
        changes,
        huntFeed,
        wrapUps: options.wrapUps,
        hunts: options.hunts,
        incidents: options.incidents,
        incidentFeed,
        takeOver: options.takeOver,
      })
      huntFeed?.tellAgain()
      incidentFeed?.tellAgain()
    })
  })

  return {
    listen: (port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, '127.0.0.1', () => {
          const address = server.address()
          feed.start()
          resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : port}`)
        })
      }),
    forgetEvents() {
      events.length = 0
    },
    async close() {
      feed.stop()
      huntFeed?.stop()
      incidentFeed?.stop()
      for (const end of unsubscribe) end?.()
      for (const socket of sockets.clients) socket.terminate()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function createIncidentFeed(
  incidents: Incidents,
  watched: () => boolean,
  broadcast: (message: ConsoleMessage) => void,
) {
  return createHuntFeed({
    hunts: incidents,
    watched,
    async publish(changed) {
      // Without figures the hunts are worth showing all the same.
      const metrics = await incidents.metrics().catch(() => undefined)
      broadcast({ kind: 'incidents', incidents: changed, metrics })
    },
  })
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  assets: ReturnType<typeof createAssets>,
  runId: string,
): Promise<void> {
  const answer = (status: number, headers: Record<string, string> = {}, body?: string) => {
    response.writeHead(status, { ...pageHeaders, ...headers })
    response.end(request.method === 'HEAD' ? undefined : body)
  }
  if (!isLocalHost(request.headers.host)) return answer(403)
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return answer(405, { allow: 'GET, HEAD' })
  try {
    const { pathname } = new URL(request.url ?? '/', 'http://page')
    if (pathname === '/run') return answer(200, { 'content-type': 'text/plain' }, runId)
    const asset = await assets(pathname)
    if (!asset) return answer(404, { 'content-type': 'text/plain' }, 'not found\n')
    const headers = { 'content-type': asset.contentType, etag: asset.etag }
    if (request.headers['if-none-match'] === asset.etag) return answer(304, headers)
    answer(200, headers, asset.body)
  } catch (error) {
    answer(500, { 'content-type': 'text/plain' }, `${String(error)}\n`)
  }
}

// The terminal's colours are not for pages.
function changeMessage(change: Change | null): ConsoleMessage {
  return {
    kind: 'change',
    change: change && { ...change, text: stripVTControlCharacters(change.text) },
  }
}

/** Only pages that came from here may connect; a program without a browser sends no origin. */
function isOwnPage(request: IncomingMessage): boolean {
  const { origin, host } = request.headers
  return isLocalHost(host) && (origin === undefined || origin === `http://${host}`)
}

// A foreign name that resolves to this machine (DNS rebinding) must not reach the page.
function isLocalHost(host: string | undefined): boolean {
  const name = host?.replace(/:\d+$/, '').replace(/^\[|\]$/g, '') ?? ''
  return name === 'localhost' || isIP(name) !== 0
}
