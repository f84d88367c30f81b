import type { CookieJar } from './cookie-jar.ts'
import type { Wire, WireAnswer, WireFailure, WireRequest } from './exchange.ts'
import { type FormFields, sign, signedAddress, withBodyHash } from './signature.ts'

/** One request, without its redirects and retries. */
export type SignedRequest = Pick<WireRequest, 'method' | 'connectMs' | 'readMs' | 'endsAt'> & {
  /** As the customer wrote it, with query and userinfo; without fragment. */
  readonly url: string
  readonly fields: FormFields
  /** A body instead of fields. */
  readonly content: { readonly type: string; readonly text: string } | undefined
  /** SID of the account whose credentials go along. */
  readonly authenticateAs?: string | undefined
  /** Tells retries of one request apart from new ones. */
  readonly token: string
  readonly cookies: CookieJar | undefined
}

/** What signing and connecting need. */
export type SignedRequestOptions = {
  readonly authToken: string
  readonly origins?: () => Readonly<Record<string, string>>
  readonly wire: Wire
}

/** Signs the request for its public address and sends it to where that address leads on this machine. */
export async function sendSigned(
  request: SignedRequest,
  { authToken, origins, wire }: SignedRequestOptions,
): Promise<WireAnswer | WireFailure> {
  const { method, fields, content, cookies, connectMs, readMs, endsAt } = request
  const isJson = content?.type === 'application/json'
  const url = isJson ? withBodyHash(request.url, content.text) : request.url
  const meant = new URL(url)
  const body = method === 'GET' ? undefined : (content?.text ?? formBody(fields))
  const headers: Record<string, string> = {
    accept: '*/*',
    'user-agent': 'TwilioProxy/1.1',
    'x-twilio-signature': sign(
      authToken,
      signedAddress(url),
      method === 'GET' || content ? {} : fields,
    ),
    'i-twilio-idempotency-token': request.token,
  }
  if (body !== undefined) {
    headers['content-type'] = content?.type ?? 'application/x-www-form-urlencoded; charset=UTF-8'
    headers['content-length'] = String(Buffer.byteLength(body))
  }
  if (meant.username) headers['authorization'] = basic(meant)
  else if (request.authenticateAs) {
    headers['authorization'] = credentials(request.authenticateAs, authToken)
  }
  const cookie = cookies?.header(meant.host)
  if (cookie) headers['cookie'] = cookie
  const origin = origins?.()[meant.origin]
  if (origin) {
    // What a reverse proxy would say: the address that was meant.
    headers['x-forwarded-host'] = meant.host
    headers['x-forwarded-proto'] = meant.protocol.slice(0, -1)
  }
  const to = new URL(meant.pathname + meant.search, origin || meant.origin)
  const answer = await wire.exchange({ url: to, method, headers, body, connectMs, readMs, endsAt })
  if (answer.kind === 'answered') cookies?.store(meant.host, answer.headers['set-cookie'] ?? [])
  return answer
}

/** The URL with the fields in its query, as a GET carries them. */
export function withQuery(url: string, fields: FormFields): string {
  const query = formBody(fields)
  return query ? `${url}${url.includes('?') ? '&' : '?'}${query}` : url
}

function formBody(fields: FormFields): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') search.append(name, value)
    else for (const one of value) search.append(name, one)
  }
  return search.toString()
}

function basic({ username, password }: URL): string {
  return credentials(decodeURIComponent(username), decodeURIComponent(password))
}

function credentials(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}
