import type { Verb } from '../twiml/index.ts'
import type { VoiceContext } from '../voice-context.ts'
import { type Document, fetchDocument } from './document.ts'
import type { Outcome, Run, Source, Stage, Step } from './frame.ts'
import { performVerb } from './perform-verb.ts'
import { say } from './prompts.ts'

const PROMPTS = ['Say', 'Play', 'Pause', 'Redirect']

/** Verbs that may stand in a document that runs elsewhere than as the call's own. */
const allowed: Readonly<Record<Stage, readonly string[] | null>> = {
  call: null,
  screening: [...PROMPTS, 'Gather', 'Hangup'],
  'queue-wait': [...PROMPTS, 'Gather', 'Hangup', 'Leave'],
  'conference-wait': PROMPTS,
  'queue-announcement': PROMPTS,
  'conference-announcement': PROMPTS,
}

// Documents that lead to each other without a verb that takes time: after so many, a second passes.
const DOCUMENTS_AT_ONCE = 20

/** Runs a document and those it leads to. `error` means that neither it nor a fallback could be had. */
export async function perform(voice: VoiceContext, source: Source, run: Run): Promise<Outcome> {
  let startedAt = voice.clock.now()
  let atOnce = 0
  for (let coming = source; ; ) {
    atOnce = voice.clock.now() === startedAt ? atOnce + 1 : 0
    startedAt = voice.clock.now()
    if (atOnce > DOCUMENTS_AT_ONCE) await run.scope.sleep(1_000)
    const document = await load(voice, coming, run)
    if (!document) return 'error'
    const step = await performDocument(voice, document, run)
    if (step.kind === 'stop') return step.outcome
    if (step.kind === 'next') return 'end'
    coming = step.source
  }
}

/** The document, or the fallback's in its place; each failure is an alert. Only a call's own documents have a fallback. */
async function load(voice: VoiceContext, source: Source, run: Run): Promise<Document | null> {
  const { call, stage } = run
  const document = await fetchDocument(voice, source, run)
  if (document.kind === 'document') return document
  voice.alert(call, document.code, `${document.url}: ${document.reason}`)
  const { fallback } = call
  if (stage !== 'call' || !fallback) return apologize(voice, run)
  const fields = { ErrorCode: String(document.code), ErrorUrl: document.url }
  const instead = await fetchDocument(voice, { kind: 'url', ...fallback, fields }, run)
  if (instead.kind === 'document') return instead
  voice.alert(call, instead.code, `${instead.url}: ${instead.reason}`)
  return apologize(voice, run)
}

async function apologize(voice: VoiceContext, run: Run): Promise<null> {
  if (run.stage !== 'call') return null
  run.call.answer()
  const text = 'We are sorry, an application error has occurred. Goodbye.'
  await say({ kind: 'Say', text, loop: 1 }, { ...run, voice })
  return null
}

async function performDocument(voice: VoiceContext, document: Document, run: Run): Promise<Step> {
  const { documentUrl, baseUrl, verbs } = document
  const frame = { ...run, voice, documentUrl, baseUrl }
  for (const verb of verbs) {
    if (!mayRun(verb, run.stage)) {
      const text = `<${verb.kind}> is not allowed in a ${run.stage} document, skipped`
      voice.alert(run.call, 12200, `${documentUrl ?? 'inline TwiML'}: ${text}`)
      continue
    }
    const step = await performVerb(verb, frame)
    if (step.kind !== 'next') return step
  }
  return { kind: 'next' }
}

function mayRun(verb: Verb, stage: Stage): boolean {
  return allowed[stage]?.includes(verb.kind) ?? true
}
