import { callFields } from '../call/call-fields.ts'
import type { Gather } from '../twiml/index.ts'
import { absolute, actionSource } from './address.ts'
import { type Frame, next, type Step } from './frame.ts'
import { prompt } from './prompts.ts'

/** What the person at the leg entered. */
type Input = { readonly digits: string; readonly speech: string; readonly finishedOnKey: string }

/** `<Gather>`: input leads to `action` and drops the rest of the document, no input goes on with the next verb. */
export async function gather(verb: Gather, frame: Frame): Promise<Step> {
  const { call } = frame
  if (frame.stage === 'call') call.doing = 'Gather'
  const input = await collect(verb, frame)
  const empty = input.digits === '' && input.speech === ''
  if (empty && !verb.actionOnEmptyResult) return next
  const fields: Record<string, string> =
    input.speech === '' && verb.dtmf
      ? { Digits: input.digits, FinishedOnKey: input.finishedOnKey }
      : { SpeechResult: input.speech, ...(empty ? {} : { Confidence: '0.9' }) }
  return { kind: 'goto', source: actionSource(frame, verb.action, verb.method, fields) }
}

function collect(verb: Gather, frame: Frame): Promise<Input> {
  const { call, scope, voice } = frame
  return scope.part<Input>(async (part, submit) => {
    let digits = ''
    let speech = ''
    let begin = () => {}
    let timer = { cancel() {} }
    const done = (finishedOnKey = '') => submit({ digits, speech, finishedOnKey })
    const waitFor = (seconds: number) => {
      timer.cancel()
      timer = voice.clock.schedule(voice.clock.now() + seconds * 1_000, () => done())
    }
    const partial = partialResults(verb, frame)
    const off = [
      call.keys.on((key) => {
        // The kind that came first wins: speech switches the keys off.
        if (!verb.dtmf || speech !== '') return
        begin()
        if (key === verb.finishOnKey) return done(key)
        digits += key
        if (digits.length === verb.numDigits) return done()
        waitFor(verb.timeoutSeconds)
      }),
      call.words.on((text) => {
        if (!verb.speech || digits !== '') return
        begin()
        speech = speech === '' ? text : `${speech} ${text}`
        partial(speech)
        waitFor(verb.speechTimeoutSeconds)
      }),
    ]
    call.tell('call.gather', `${call.who} may ${verb.dtmf ? 'press keys' : 'speak'}`)
    try {
      await part.part<void>(async (prompting, interrupt) => {
        begin = interrupt
        for (const one of verb.prompts) await prompt(one, { ...frame, scope: prompting })
      })
      if (digits === '' && speech === '') waitFor(verb.timeoutSeconds)
      return await part.wait<never>(() => () => {})
    } finally {
      timer.cancel()
      for (const stop of off) stop()
    }
  })
}

function partialResults({ partialResult }: Gather, frame: Frame): (speech: string) => void {
  let sequence = 0
  return (speech) => {
    if (!partialResult) return
    const { call, voice } = frame
    const fields = {
      ...callFields(call, voice.accountSid),
      UnstableSpeechResult: speech,
      StableSpeechResult: '',
      Stability: '0.9',
      SequenceNumber: String(sequence++),
    }
    const url = absolute(frame, partialResult.url)
    const { method } = partialResult
    voice.notify({ purpose: 'partial result callback', url, method, fields, call })
  }
}
