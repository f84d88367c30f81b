import { callFields } from '../call/call-fields.ts'
import { parseTwiml, TwimlError, type Verb } from '../twiml/index.ts'
import type { VoiceContext } from '../voice-context.ts'
import type { Run, Source } from './frame.ts'

/** A document that can be carried out. */
export type Document = {
  readonly kind: 'document'
  readonly verbs: readonly Verb[]
  readonly documentUrl: string | null
  readonly baseUrl: string | null
}
/** Why there is none, with Twilio's code. */
export type DocumentFailure = {
  readonly kind: 'failed'
  readonly url: string
  readonly code: number
  readonly reason: string
}

const XML_TYPES = ['text/xml', 'application/xml', 'text/html']
const AUDIO_TYPE = /^audio\/(mpeg|wav|wave|x-wav|aiff|x-aifc|x-aiff|x-gsm|gsm|ulaw)$/

/** Requests and reads a document; its warnings become alerts. */
export async function fetchDocument(
  voice: VoiceContext,
  source: Source,
  run: Run,
): Promise<Document | DocumentFailure> {
  const { call } = run
  if (source.kind === 'inline') return read(voice, run, source.twiml, 'text/xml', null, null)
  const { url, method } = source
  const fields = { ...callFields(call, voice.accountSid), ...run.fields?.(), ...source.fields }
  const request = voice.request({ purpose: purposes[run.stage], url, method, fields, call })
  const result = await run.scope.race(request)
  if (result.kind === 'failed') return result
  const { status, body, contentType } = result
  if (status < 200 || status > 299) {
    return { kind: 'failed', url, code: 11200, reason: `the answer was ${status}` }
  }
  return read(voice, run, body, contentType, url, result.url)
}

const purposes = {
  call: 'TwiML',
  screening: 'screening document',
  'queue-wait': 'wait document',
  'conference-wait': 'wait document',
  'queue-announcement': 'announcement',
  'conference-announcement': 'announcement',
} as const

function read(
  voice: VoiceContext,
  { call }: Run,
  body: string,
  contentType: string,
  documentUrl: string | null,
  baseUrl: string | null,
): Document | DocumentFailure {
  const url = documentUrl ?? 'inline TwiML'
  const document = (verbs: readonly Verb[]): Document => ({
    kind: 'document',
    verbs,
    documentUrl,
    baseUrl,
  })
  if (AUDIO_TYPE.test(contentType)) {
    const play = { kind: 'Play', url: documentUrl ?? '', loop: 1, digits: null } as const
    return document([play, { kind: 'Hangup' }])
  }
  if (!XML_TYPES.includes(contentType) && contentType !== 'text/plain' && body.trim() !== '') {
    const reason = `content type '${contentType}' is neither TwiML nor audio`
    return { kind: 'failed', url, code: 12300, reason }
  }
  try {
    const { verbs, warnings } = parseTwiml(body)
    for (const { code, text } of warnings) voice.alert(call, code, `${url}: ${text}`)
    return document(verbs)
  } catch (error) {
    if (!(error instanceof TwimlError)) throw error
    // What is no TwiML is read aloud when it says that it is plain text.
    if (contentType === 'text/plain' && body.trim() !== '') {
      return document([{ kind: 'Say', text: body.trim(), loop: 1 }, { kind: 'Hangup' }])
    }
    return { kind: 'failed', url, code: error.code, reason: error.message }
  }
}
