import type { Parameters } from './parameters.ts'

/** One REST call, authenticated and parsed. */
export type Call = {
  readonly method: string
  /** The real address: `https://taskrouter.twilio.com/v1/…`, query included. */
  readonly url: URL
  /** What the path template's `{names}` stand for, decoded. */
  readonly path: Readonly<Record<string, string>>
  readonly query: Parameters
  /** The form body; empty for GET and for JSON bodies. */
  readonly form: Parameters
  /** The body as it came. */
  readonly body: string
  readonly headers: Headers
}

/** The answer to a REST call: a JSON body, or with `content` bytes of another type; neither for 204. */
export type Answer = {
  readonly status: number
  readonly body?: unknown
  readonly content?: { readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> }
  readonly headers?: Readonly<Record<string, string>>
}

/** Carries a call out. Throws a `TwilioRefusal` when Twilio would refuse it. */
export type Handler = (call: Call) => Answer | Promise<Answer>

/** One endpoint. In `path`, `{name}` stands for one segment, also before a suffix: `/Calls/{CallSid}.json`. */
export type Route = {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly handle: Handler
}

/** An endpoint that reads. */
export const get = (path: string, handle: Handler): Route => ({ method: 'GET', path, handle })
/** An endpoint that creates or updates. */
export const post = (path: string, handle: Handler): Route => ({ method: 'POST', path, handle })
/** An endpoint that deletes. */
export const del = (path: string, handle: Handler): Route => ({ method: 'DELETE', path, handle })

/** The answer of reads and updates. */
export const ok = (body: unknown, headers?: Readonly<Record<string, string>>): Answer => ({
  status: 200,
  body,
  headers,
})
/** The answer of creates. */
export const created = (body: unknown, headers?: Readonly<Record<string, string>>): Answer => ({
  status: 201,
  body,
  headers,
})
/** The answer of deletes. */
export const noContent: Answer = { status: 204 }

/** A path parameter that the route's own template names. */
export function pathPart(call: Call, name: string): string {
  const value = call.path[name]
  if (value === undefined) throw new Error(`The route of ${call.url.pathname} has no {${name}}`)
  return value
}
