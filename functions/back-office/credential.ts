import { createHash, timingSafeEqual } from 'node:crypto'
import type { HttpHandler, HttpRequest, HttpResponseInit } from '@azure/functions'
import { InvalidInput } from '../../schemas/index.ts'
import type { Services } from '../services.ts'
import { TwilioRefusal, TwilioUnreachable } from '../twilio/rest.ts'
import { RequestRefused } from './request-refused.ts'

/** What of a back-office request is not its body. */
export type BackOfficeRequest = {
  /** The variable parts of the path. */
  readonly params: Readonly<Record<string, string>>
  readonly headers: Headers
  readonly query: URLSearchParams
}

/** Answers a back-office request; gets the parsed body, JSON or a form, undefined where there is none. */
export type BackOfficeHandler = (
  body: unknown,
  services: Services,
  request: BackOfficeRequest,
) => Promise<HttpResponseInit>

/**
 * Lets a request through that carries the key BACK_OFFICE_KEY: as `x-functions-key`, or as the password of HTTP
 * basic. Without a configured key nobody is let through.
 */
export function backOffice(handler: BackOfficeHandler, services: Services): HttpHandler {
  return async function answerBackOffice(request) {
    const key = services.settings.app.BACK_OFFICE_KEY
    if (key === undefined || !isSame(keyOf(request.headers), key)) {
      return {
        status: 401,
        headers: { 'www-authenticate': 'Basic realm="back office"' },
        jsonBody: { error: 'This needs the key BACK_OFFICE_KEY of the app settings' },
      }
    }
    try {
      const body = request.method === 'GET' ? undefined : await readBody(request)
      return await handler(body, services, request)
    } catch (error) {
      return describe(error)
    }
  }
}

/** What went wrong, for a caller who can act on it: the request, what Twilio thinks of it, or Twilio itself. */
function describe(error: unknown): HttpResponseInit {
  if (error instanceof InvalidInput) {
    return { status: 400, jsonBody: { error: error.message, problems: error.problems } }
  }
  if (error instanceof RequestRefused) {
    const { status, message, problems } = error
    return { status, jsonBody: { error: message, problems } }
  }
  if (error instanceof TwilioRefusal) {
    // Credentials and rates are not the caller's.
    const status = [400, 404, 409, 410].includes(error.status) ? error.status : 502
    return { status, jsonBody: { error: error.message, code: error.code } }
  }
  if (error instanceof TwilioUnreachable) {
    return { status: 504, jsonBody: { error: error.message } }
  }
  throw error
}

function keyOf(headers: Headers): string {
  const basic = /^Basic (.+)$/i.exec(headers.get('authorization') ?? '')?.[1]
  const credentials = basic ? Buffer.from(basic, 'base64').toString() : ''
  return headers.get('x-functions-key') ?? credentials.slice(credentials.indexOf(':') + 1)
}

// Hashed first, so that the comparison takes the same time whatever the lengths.
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}

async function readBody(request: Pick<HttpRequest, 'headers' | 'text'>): Promise<unknown> {
  const text = await request.text()
  const type = request.headers.get('content-type') ?? ''
  // `curl -d` calls whatever it sends a form; no form begins with a brace.
  const isJson = text.trimStart().startsWith('{')
  if (type.startsWith('application/x-www-form-urlencoded') && !isJson) {
    return Object.fromEntries(new URLSearchParams(text))
  }
  try {
    return JSON.parse(text)
  } catch {
    throw new InvalidInput('request', [{ path: '', message: 'must be JSON' }])
  }
}
