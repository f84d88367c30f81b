import { timingSafeEqual } from 'node:crypto'
import { codes, TwilioRefusal } from './refusal.ts'

/** Who may call the REST API. */
export type Credentials = {
  readonly accountSid: string
  readonly authToken: string
  /** The secret of an API key; undefined for one that does not exist. */
  keySecret(sid: string): string | undefined
}

// What a standard key may not touch: the account and the keys themselves.
const MAIN_ONLY = /^\/2010-04-01\/Accounts(\.json|\/[^/]+\.json|\/[^/]+\/(Signing)?Keys\b.*)$/

/** Refuses with 401 whoever is neither the account nor one of its keys, and keys where only the account may go. */
export function createAuthentication({ accountSid, authToken, keySecret }: Credentials) {
  const account = basic(accountSid, authToken)
  return (authorization: string | null, pathname: string): void => {
    const given = authorization ?? ''
    if (sameText(given, account)) return
    const sid = /^SK\w+(?=:)/.exec(decode(given))?.[0] ?? ''
    const secret = keySecret(sid)
    if (secret === undefined || !sameText(given, basic(sid, secret))) {
      throw unauthorized('Authenticate', { 'www-authenticate': 'Basic realm="Twilio API"' })
    }
    if (MAIN_ONLY.test(pathname)) throw unauthorized('Authentication Error - invalid username')
  }
}

function basic(user: string, password: string): string {
  return `Basic ${btoa(`${user}:${password}`)}`
}

function decode(authorization: string): string {
  return Buffer.from(authorization.replace(/^Basic /, ''), 'base64').toString('utf8')
}

function unauthorized(message: string, headers?: Readonly<Record<string, string>>): TwilioRefusal {
  return new TwilioRefusal(401, codes.authentication, message, headers)
}

function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
