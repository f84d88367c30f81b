import type { Context } from '../context.ts'
import { TwilioRefusal } from '../rest/refusal.ts'
import { TwimlError } from '../voice/twiml/index.ts'
import { createCookieJar } from '../webhooks/cookie-jar.ts'
import type { WebhookResult } from '../webhooks/webhooks.ts'
import type { MessageRow } from './message.ts'
import { type MessageDocument, type MessageVerb, readMessageTwiml } from './message-twiml.ts'
import type { Draft } from './write-message.ts'

/** Where a text is answered. */
export type InboundTarget = {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly fallbackUrl: string
  readonly fallbackMethod: 'GET' | 'POST'
}

type Source = {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly fields?: Readonly<Record<string, string>>
  /** The fallback, or where it leads: it has no fallback itself. */
  readonly isFallback?: boolean
}
type Failure = { readonly code: number; readonly reason: string }

const MOST_DOCUMENTS = 20

/** Asks the application what to answer to a text, and does it: messages, redirects, the fallback when it fails. */
export async function answerMessage(
  row: MessageRow,
  target: InboundTarget,
  fields: Readonly<Record<string, string>>,
  { webhooks, alerts }: Context,
  write: (draft: Draft) => MessageRow | undefined,
): Promise<void> {
  const cookies = createCookieJar()
  let documents = 0
  await follow(target)

  /** Asks the fallback, once, with what went wrong where. */
  async function fallBack(source: Source, { code }: Failure): Promise<void> {
    const { fallbackUrl: url, fallbackMethod: method } = target
    if (url === '' || source.isFallback) return
    const fields = { ErrorCode: String(code), ErrorUrl: source.url }
    await follow({ url, method, fields, isFallback: true })
  }

  async function follow(source: Source): Promise<void> {
    if (++documents > MOST_DOCUMENTS) return fail(source, tooMany)
    const { url, method } = source
    const purpose = 'message webhook'
    const sent = { ...fields, ...source.fields }
    const result = await webhooks.send({ purpose, url, method, fields: sent, cookies })
    const document = read(result)
    if ('reason' in document) {
      fail(source, document)
      return fallBack(source, document)
    }
    for (const warning of document.warnings) alerts.add(12200, `${url}: ${warning}`)
    for (const verb of document.verbs) {
      const next = perform(verb, result.url)
      if (next) return follow({ ...next, isFallback: source.isFallback })
    }
  }

  function fail({ url }: Source, { code, reason }: Failure): void {
    alerts.add(code, `message webhook ${url}: ${reason}`)
  }

  /** Where to go on instead of with the next verb. */
  function perform(verb: MessageVerb, baseUrl: string): Source | undefined {
    if (verb.kind === 'Redirect') return resolved(verb.target, baseUrl)
    const sent = reply(verb, baseUrl)
    if (!verb.action) return undefined
    const status = sent?.status ?? 'failed'
    return {
      ...resolved(verb.action, baseUrl),
      fields: {
        MessageStatus: status,
        SmsStatus: status,
        ...(sent && { MessageSid: sent.sid, SmsSid: sent.sid }),
      },
    }
  }

  function reply(verb: MessageVerb & { kind: 'Message' }, baseUrl: string): MessageRow | undefined {
    const { statusCallback } = verb
    try {
      return write({
        direction: 'outbound-reply',
        from: verb.from ?? row.to,
        to: verb.to ?? row.from ?? '',
        messagingServiceSid: verb.from === null ? row.messagingServiceSid : null,
        body: verb.body,
        mediaUrls: verb.mediaUrls.map((url) => absolute(url, baseUrl)),
        statusCallback: statusCallback && absolute(statusCallback, baseUrl),
      })
    } catch (error) {
      if (!(error instanceof TwilioRefusal)) throw error
      alerts.add(error.code, `the answer to ${row.sid}: ${error.message}`)
      return undefined
    }
  }
}

const tooMany: Failure = { code: 11215, reason: `more than ${MOST_DOCUMENTS} documents` }
const XML_TYPES = ['text/xml', 'application/xml', 'text/html']

function read(result: WebhookResult): MessageDocument | Failure {
  if (result.kind === 'failed') return result
  const { status, contentType, body } = result
  if (status < 200 || status > 299) return { code: 11200, reason: `the answer was ${status}` }
  if (body.trim() === '') return { verbs: [], warnings: [] }
  if (contentType === 'text/plain') return { verbs: [plain(body.trim())], warnings: [] }
  if (!XML_TYPES.includes(contentType)) {
    return { code: 12300, reason: `content type '${contentType}' is no TwiML` }
  }
  try {
    return readMessageTwiml(body)
  } catch (error) {
    if (!(error instanceof TwimlError)) throw error
    return { code: error.code, reason: error.message }
  }
}

/** Text that is no TwiML is the answer itself. */
function plain(body: string): MessageVerb {
  const nothing = { to: null, from: null, mediaUrls: [], action: null, statusCallback: null }
  return { kind: 'Message', body, ...nothing }
}

function resolved<T extends { readonly url: string }>(target: T, baseUrl: string): T {
  return { ...target, url: absolute(target.url, baseUrl) }
}

function absolute(url: string, baseUrl: string): string {
  return URL.canParse(url, baseUrl) ? new URL(url, baseUrl).href : url
}
