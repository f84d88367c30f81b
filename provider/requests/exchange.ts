import type { Answer, Credentials, TwilioRequest } from './client.ts'

/** What came back from one try. */
export type Exchanged = { readonly response: Response; readonly body: Answer | undefined }

/** Requests to Twilio, each tried once. */
export type Exchange = {
  /** Throws what `fetch` throws when no whole answer comes. */
  once(request: TwilioRequest): Promise<Exchanged>
  /** The time by Twilio's clock, ms since the epoch; never ahead of it. Undefined before the first answer. */
  now(): number | undefined
}

/** How one request travels: to which address, as whom, in which form, for how long at most. */
export function createExchange(
  credentials: Credentials,
  send: typeof fetch,
  timeoutMs: number,
): Exchange {
  const { username, password } = credentials
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  let clock: { readonly told: number; readonly at: number } | undefined

  async function attempt(request: TwilioRequest): Promise<Response> {
    const form = formOf(request)
    const query = request.method === 'GET' && form.size > 0 ? `?${form}` : ''
    const { json } = request
    const type: Record<string, string> =
      json === undefined ? {} : { 'content-type': 'application/json' }
    const body = json === undefined ? form : JSON.stringify(json)
    return send(originOf(request.host, credentials) + request.path + query, {
      method: request.method,
      headers: { authorization, accept: 'application/json', ...type, ...versionOf(request) },
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
      ...(request.method === 'POST' ? { body } : {}),
    })
  }

  return {
    // The body belongs to the try: its connection may break too.
    async once(request) {
      const response = await attempt(request)
      const body = await readBody(response, password)
      const told = Date.parse(response.headers.get('date') ?? '')
      if (Number.isFinite(told)) clock = { told, at: performance.now() }
      return { response, body }
    },
    now: () => clock && clock.told + (performance.now() - clock.at),
  }
}

function formOf({ parameters = {} }: TwilioRequest): URLSearchParams {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) {
    for (const item of Array.isArray(value) ? value : [value]) form.append(name, String(item))
  }
  return form
}

function versionOf({ ifMatch }: TwilioRequest): Readonly<Record<string, string>> {
  return ifMatch === undefined ? {} : { 'if-match': ifMatch }
}

function originOf(name: string, { baseUrl, place }: Credentials): string {
  const host = place ? name.replace('.', `.${place.edge}.${place.region}.`) : name
  return baseUrl ? `${baseUrl.replace(/\/+$/, '')}/${host}` : `https://${host}`
}

// A refusal may quote what it was sent; the password goes no further.
async function readBody(response: Response, password: string): Promise<Answer | undefined> {
  const whole = await response.text()
  const text = response.ok || password === '' ? whole : whole.replaceAll(password, '[secret]')
  if (text === '') return undefined
  try {
    return JSON.parse(text) as Answer
  } catch {
    // A proxy's page, for example; the status says the rest.
    return { message: text.slice(0, 200) }
  }
}
