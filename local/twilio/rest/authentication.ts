import { timingSafeEqual } from 'node:crypto'
import { codes, notFound, TwilioRefusal } from './refusal.ts'

/** An account that may call the REST API, as far as its credentials go. */
export type Caller = {
  /** SID, token and status as they are now. */
  account(): {
    readonly sid: string
    readonly authToken: string
    readonly status: 'active' | 'suspended' | 'closed'
  }
  /** The secret of an API key; undefined for one that does not exist. */
  keySecret(sid: string): string | undefined
}

// What a standard key may not touch: the account and the keys themselves.
const MAIN_ONLY = /^\/2010-04-01\/Accounts(\.json|\/[^/]+\.json|\/[^/]+\/(Signing)?Keys\b.*)$/
// What an account can be asked when it is suspended: how it is.
const ITSELF = /^\/2010-04-01\/Accounts\/([^/]+)\.json$/
const PARTS = /^\/2010-04-01\/Accounts\/([^/]+)\//

/**
 * Tells in whose world a request is carried out: the caller's, or that of the caller's subaccount, whose parts the main account's
 * token opens in the API of 2010. Refuses with 401 whoever is neither an account nor one of its keys, keys where only the account
 * may go, and accounts that are closed; with 403 what an account can't do while it is suspended. `callers` begins with the main one.
 */
export function authenticate<C extends Caller>(
  callers: readonly C[],
  authorization: string | null,
  pathname: string,
): C {
  const given = authorization ?? ''
  const [user = ''] = decode(given).split(':', 1)
  const caller = callers.find((each) => isAllowed(each, user, given))
  if (!caller) {
    throw unauthorized('Authenticate', { 'www-authenticate': 'Basic realm="Twilio API"' })
  }
  const { sid } = caller.account()
  const isKey = user !== sid
  if (isKey && MAIN_ONLY.test(pathname))
    throw unauthorized('Authentication Error - invalid username')
  const wanted = PARTS.exec(pathname)?.[1] ?? sid
  const world = wanted === sid ? caller : callers.find((each) => each.account().sid === wanted)
  if (!world || (world !== caller && (isKey || caller !== callers[0]))) throw notFound(pathname)
  refuseInactive(caller, pathname)
  if (world.account().status === 'closed') throw notActive(wanted)
  return world
}

function isAllowed({ account, keySecret }: Caller, user: string, given: string): boolean {
  const { sid, authToken } = account()
  if (user === sid) return sameText(given, basic(sid, authToken))
  const secret = keySecret(user)
  return secret !== undefined && sameText(given, basic(user, secret))
}

function refuseInactive({ account }: Caller, pathname: string): void {
  const { sid, status } = account()
  if (status === 'closed') throw unauthorized('Authenticate')
  if (status === 'suspended' && ITSELF.exec(pathname)?.[1] !== sid) throw notActive(sid)
}

function notActive(sid: string): TwilioRefusal {
  return new TwilioRefusal(403, codes.notActive, `Account ${sid} is not active`)
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
