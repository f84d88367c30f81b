import { ADMIN_HOST } from '../fault-routes.ts'
import type { Faults } from '../faults.ts'
import type { NewSid } from '../objects/sid.ts'
import { authenticate, type Caller } from './authentication.ts'
import { createParameters } from './parameters.ts'
import { codes, notFound, notImplemented, refusalBody, TwilioRefusal } from './refusal.ts'
import type { Answer, Call } from './route.ts'
import type { RouteTable } from './route-table.ts'
import { asksForXml, inJson, onlyJson, xmlRefusal } from './xml-refusal.ts'

/** What the way from a request to its endpoint needs. */
export type GatewayOptions = {
  /** Every account with its endpoints, the main one first. */
  accounts(): readonly (Caller & { readonly table: RouteTable })[]
  readonly newSid: NewSid
  readonly faults: Faults
}

/**
 * Every REST request goes through here: which host is meant, who asks, which endpoint, and Twilio's answer or error
 * with its headers. Rejects only with `ConnectionReset`.
 */
export function createGateway(options: GatewayOptions): (request: Request) => Promise<Response> {
  const { newSid } = options
  let underWay = 0

  return async function handle(request) {
    const startedAt = performance.now()
    underWay++
    try {
      const answer = await answerTo(request, options)
      return toResponse(answer, request.method, {
        'twilio-request-id': newSid('RQ'),
        'twilio-concurrent-requests': String(underWay),
        'twilio-request-duration': ((performance.now() - startedAt) / 1000).toFixed(3),
      })
    } finally {
      underWay--
    }
  }
}

async function answerTo(request: Request, { accounts, faults }: GatewayOptions): Promise<Answer> {
  const url = realAddress(request.url)
  try {
    if (!url) throw notFound(new URL(request.url).pathname)
    const { method } = request
    const { host, pathname } = url
    if (host !== ADMIN_HOST) await faults.before({ host, method, pathname })
    const { table } = authenticate(accounts(), request.headers.get('authorization'), pathname)
    const match = table.match(host, method, pathname)
    if (match.kind === 'unknown') {
      const other = asksForXml(host, pathname) && table.match(host, method, inJson(pathname))
      throw other && other.kind !== 'unknown'
        ? onlyJson(method, pathname)
        : notImplemented(`${method} https://${host}${pathname}`)
    }
    if (match.kind === 'wrong-method') throw wrongMethod(method, match.allowed)
    const { route, path } = match
    const answer = await route.handle(await toCall(request, url, path))
    if (answer.status === 201) faults.created(sidOf(answer.body))
    return answer
  } catch (error) {
    if (!(error instanceof TwilioRefusal)) throw error
    if (url && asksForXml(url.host, url.pathname)) return xmlRefusal(error)
    return { status: error.status, body: refusalBody(error), headers: error.headers }
  }
}

/**
 * The address at Twilio that is meant: below the base URL the host is the first segment of the path
 * (`/taskrouter.twilio.com/v1/…`); two hosts are known by their paths alone.
 */
function realAddress(address: string): URL | undefined {
  const url = new URL(address)
  if (/(^|\.)twilio\.com$/.test(url.hostname)) return anywhere(url)
  const { pathname, search } = url
  const mapped = /^\/([a-z0-9-]+(?:\.[a-z0-9-]+)*\.twilio\.com)(\/.*)$/.exec(pathname)
  if (mapped) return anywhere(new URL(`https://${mapped[1]}${mapped[2]}${search}`))
  if (/^\/v1\/Workspaces(\/|$)/.test(pathname)) {
    return new URL(`https://taskrouter.twilio.com${pathname}${search}`)
  }
  if (pathname.startsWith('/2010-04-01/')) {
    return new URL(`https://api.twilio.com${pathname}${search}`)
  }
  if (pathname.startsWith('/_switchboard/')) return new URL(`https://${ADMIN_HOST}${pathname}`)
  return undefined
}

/** The same address without edge and region (`api.dublin.ie1.twilio.com`): here they all hold the same. */
function anywhere(url: URL): URL {
  const product = /^([a-z-]+)(?:\.[a-z-]+)?\.[a-z]{2}\d\.twilio\.com$/.exec(url.hostname)?.[1]
  return product ? new URL(`https://${product}.twilio.com${url.pathname}${url.search}`) : url
}

async function toCall(
  request: Request,
  url: URL,
  path: Readonly<Record<string, string>>,
): Promise<Call> {
  const { method, headers } = request
  const body = method === 'GET' || method === 'HEAD' ? '' : await request.text()
  const json = headers.get('content-type')?.includes('json') ?? false
  return {
    method,
    url,
    path,
    query: createParameters(url.searchParams),
    form: createParameters(new URLSearchParams(json ? '' : body)),
    body,
    headers,
  }
}

function toResponse(
  { status, body, content, headers }: Answer,
  method: string,
  common: Readonly<Record<string, string>>,
): Response {
  const all: Record<string, string> = { ...common, ...headers }
  if (content) all['content-type'] = content.type
  else if (body !== undefined) all['content-type'] = 'application/json;charset=utf-8'
  if (status === 204 || method === 'HEAD') return new Response(null, { status, headers: all })
  const payload = content ? content.bytes : body === undefined ? null : JSON.stringify(body)
  return new Response(payload, { status, headers: all })
}

function wrongMethod(method: string, allowed: readonly string[]): TwilioRefusal {
  return new TwilioRefusal(405, codes.methodNotAllowed, `Method ${method} is not allowed here`, {
    allow: allowed.join(', '),
  })
}

function sidOf(body: unknown): string {
  const sid = typeof body === 'object' && body !== null && 'sid' in body ? body.sid : undefined
  return typeof sid === 'string' ? sid : ''
}
