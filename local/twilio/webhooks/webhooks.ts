import type { Clock } from '../../clock.ts'
import type { About } from '../alerts.ts'
import type { FaultProfile } from '../contract.ts'
import { delayOf } from '../faults.ts'
import type { LiveFeed } from '../live-feed.ts'
import type { NewSid } from '../objects/sid.ts'
import { type Delivery, readDelivery } from './connection-overrides.ts'
import type { CookieJar } from './cookie-jar.ts'
import { createWire, type Wire, type WireAnswer } from './exchange.ts'
import { createOrderedQueues } from './ordered-queues.ts'
import type { FormFields } from './signature.ts'
import { type SignedRequest, sendSigned, withQuery } from './signed-request.ts'
import { createTurns } from './turns.ts'

/** A request to the customer's application. */
export type Webhook = {
  /** `assignment callback`, `wait document`: what it is, for the live feed and the alerts. */
  readonly purpose: string
  /** Absolute; its fragment may hold connection overrides (`#rc=2&rt=500`). */
  readonly url: string
  /** Default POST. For GET the fields go into the query. */
  readonly method?: 'GET' | 'POST'
  /** Form fields. */
  readonly fields?: FormFields
  /** A JSON body instead of fields. */
  readonly json?: string
  /** Any other body instead of fields. */
  readonly content?: { readonly type: string; readonly text: string }
  /** SID of the account whose credentials go along as basic authentication. */
  readonly authenticateAs?: string
  /** Keeps the cookies of one call. */
  readonly cookies?: CookieJar
  /** For everything, retries and redirects included; default 15,000. */
  readonly budgetMs?: number
  readonly about?: About
  /** Nobody waits for its answer: however many there are, they do not hold up those of which somebody does. */
  readonly isPatient?: boolean
}

/** What became of a webhook; an error status is an answer too. */
export type WebhookResult =
  | {
      readonly kind: 'answered'
      /** The address that answered, after redirects: relative URLs in the document resolve against it. */
      readonly url: string
      readonly status: number
      /** Without parameters, lower case: `text/xml`; empty when absent. */
      readonly contentType: string
      readonly body: string
      /** By lower-case name. */
      readonly headers: WireAnswer['headers']
    }
  | {
      readonly kind: 'failed'
      readonly url: string
      /** Code of Twilio's debugger: 11205 no connection or no answer in time, 11210 unknown host, 11215 redirects … */
      readonly code: number
      readonly reason: string
    }

/** Sends signed requests to the customer's application. All of it is tracked by the clock. */
export interface Webhooks {
  /** Sends and returns what came back. Never rejects. */
  send(webhook: Webhook): Promise<WebhookResult>
  /**
   * Sends without looking at the answer. Those with the same `order` (a resource's SID) go one after another, unless
   * the fault profile reorders. `done` gets the result, for alerts.
   */
  notify(webhook: Webhook, order: string, done?: (result: WebhookResult) => void): void
  /** Drops the kept-alive connections. */
  close(): void
}

/** What webhooks need of the local Twilio. */
export type WebhooksOptions = {
  readonly clock: Clock
  readonly authToken: string
  readonly newSid: NewSid
  readonly live: LiveFeed
  readonly random: () => number
  readonly origins?: () => Readonly<Record<string, string>>
  readonly faults: () => FaultProfile
  /** Default: `node:http`. */
  readonly wire?: Wire
  /**
   * Whether the wire keeps requests for that address within this process: they open no connection, and need no turn. They must
   * not wait for one, either, since a flow that is asked may ask others before it answers.
   */
  readonly isInside?: (url: string) => boolean
}

const BUDGET_MS = 15_000
const MAX_REDIRECTS = 10
// Thousands of connections opened at once overrun the backlog of a server that listens on one machine, and time out.
// The time allowed for a webhook begins with its turn.
const MOST_AT_ONCE = 128
// Fewer of the patient ones: in a burst they must leave the time of both ends to what somebody waits for.
const MOST_PATIENT_AT_ONCE = 64
// How long a reordered webhook is held back, so that later ones overtake it.
const HELD_BACK_MS = 1_000

/** Webhooks as Twilio sends them: signed, retried, redirected, with cookies and connection overrides. */
export function createWebhooks(options: WebhooksOptions): Webhooks {
  const { clock, live, random, faults, wire = createWire() } = options
  const queues = createOrderedQueues()
  const turns = createTurns(MOST_AT_ONCE)
  const patientTurns = createTurns(MOST_PATIENT_AT_ONCE)

  async function deliver(webhook: Webhook): Promise<WebhookResult> {
    const token = options.newSid('')
    const sendNow = () => sendWithRetries(webhook, token, { ...options, wire })
    const turnsOf = webhook.isPatient ? patientTurns : turns
    const send = () => (options.isInside?.(webhook.url) ? sendNow() : turnsOf(sendNow))
    const result = await send()
    if (live.watched) live.emit({ at: clock.now(), ...describe(webhook, result) })
    if (random() < (faults().duplicateWebhooks ?? 0)) {
      await send()
    }
    return result
  }

  return {
    send: (webhook) => clock.track(deliver(webhook)),
    notify(webhook, order, done = () => {}) {
      const go = async () => done(await deliver(webhook))
      const { reorderWebhooks = 0, delayWebhooksMs } = faults()
      if (random() < reorderWebhooks) {
        clock.schedule(clock.now() + HELD_BACK_MS, () => clock.track(go()))
      } else if (delayWebhooksMs !== undefined) {
        const at = clock.now() + delayOf(delayWebhooksMs, random)
        clock.schedule(at, () => clock.track(queues.add(order, go)))
      } else {
        void clock.track(queues.add(order, go))
      }
    },
    close: () => wire.close(),
  }
}

type Sending = WebhooksOptions & { readonly wire: Wire }

async function sendWithRetries(
  webhook: Webhook,
  token: string,
  sending: Sending,
): Promise<WebhookResult> {
  const delivery = readDelivery(webhook.url, webhook.budgetMs ?? BUDGET_MS)
  if (!URL.canParse(delivery.url) || !/^https?:/i.test(delivery.url)) {
    const reason = `'${webhook.url}' is not an absolute http or https address`
    return { kind: 'failed', url: webhook.url, code: 11100, reason }
  }
  const endsAt = performance.now() + delivery.totalMs
  for (let retries = delivery.retries; ; retries--) {
    const { result, retryOn } = await follow(webhook, token, delivery, endsAt, sending)
    const again = retryOn !== null && delivery.retriedOn.has(retryOn)
    if (!again || retries === 0 || performance.now() >= endsAt) return result
  }
}

type Attempt = { result: WebhookResult; retryOn: 'ct' | 'rt' | '4xx' | '5xx' | null }

/** One attempt, with its redirects. 301 to 303 turn a POST into a GET without its fields; each hop is signed anew. */
async function follow(
  webhook: Webhook,
  token: string,
  delivery: Delivery,
  endsAt: number,
  sending: Sending,
): Promise<Attempt> {
  let { method = 'POST', fields = {} } = webhook
  let content = contentOf(webhook)
  const { connectMs, readMs } = delivery
  const limits = { connectMs, readMs, endsAt }
  let url = delivery.url
  if (method === 'GET') {
    url = withQuery(url, fields)
    fields = {}
  }
  for (let redirects = 0; ; redirects++) {
    // Credentials are meant for the host that was written, not for wherever it sends on.
    const isMeant = new URL(url).host === new URL(delivery.url).host
    const authenticateAs = isMeant ? webhook.authenticateAs : undefined
    const hop = { url, method, fields, content, token, cookies: webhook.cookies, authenticateAs }
    const answer = await sendSigned({ ...hop, ...limits }, sending)
    if (answer.kind === 'failed') {
      const retryOn = answer.phase === 'connect' ? 'ct' : 'rt'
      return { result: { ...answer, url }, retryOn }
    }
    const { status, headers, body } = answer
    const location = [301, 302, 303, 307, 308].includes(status) ? headers.location : undefined
    if (location === undefined || !URL.canParse(location, url)) {
      const contentType = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
      const retryOn = status >= 500 ? '5xx' : status >= 400 ? '4xx' : null
      return { result: { kind: 'answered', url, status, contentType, body, headers }, retryOn }
    }
    if (redirects === MAX_REDIRECTS) {
      const reason = `more than ${MAX_REDIRECTS} redirects`
      return { result: { kind: 'failed', url, code: 11215, reason }, retryOn: null }
    }
    url = new URL(location, url).href
    if (status <= 303) {
      method = 'GET'
      fields = {}
      content = undefined
    }
  }
}

function contentOf({ json, content }: Webhook): SignedRequest['content'] {
  return json === undefined ? content : { type: 'application/json', text: json }
}

function describe({ purpose, url, about }: Webhook, result: WebhookResult) {
  // What is no address at all is shown as it stands.
  const pathname = URL.canParse(url, 'http://-') ? new URL(url, 'http://-').pathname : url
  const outcome =
    result.kind === 'answered'
      ? `answered ${result.status}`
      : `failed: ${result.reason} (${result.code})`
  return {
    kind: 'webhook' as const,
    ...about,
    name: `webhook.${result.kind}`,
    text: `${purpose} ${pathname} ${outcome}`,
    data:
      result.kind === 'answered'
        ? { url, status: result.status, contentType: result.contentType, body: result.body }
        : { url, code: result.code, reason: result.reason },
  }
}
