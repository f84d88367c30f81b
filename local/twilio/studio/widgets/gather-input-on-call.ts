import type { Step, Values, Widget } from '../execution/widget.ts'
import { backTo, promptOf } from './prompt.ts'
import { element } from './twiml.ts'
import { voiceWidget } from './voice-step.ts'

const INPUT = 'input'
const TIMEOUT = 'timeout'

/** Asks the person on the call for keys or, where that exit leads somewhere, for words. */
export const gatherInputOnCall: Widget = voiceWidget({
  start: (step) => ({ kind: 'wait', twiml: gather(step) + backTo(step, TIMEOUT) }),
  resume(step, arrival) {
    if (arrival.kind !== 'callback') return undefined
    const { event, fields } = arrival
    if (event === TIMEOUT) return { kind: 'exit', event: 'timeout' }
    if (event !== INPUT) return undefined
    const spoken = typeof fields['SpeechResult'] === 'string' && fields['SpeechResult'] !== ''
    const name = step.text('save_response_as')
    return {
      kind: 'exit',
      event: spoken ? 'speech' : 'keypress',
      outputs: fields,
      ...(name && { variables: answer(name, fields, spoken) }),
    }
  },
})

function answer(name: string, fields: Values, spoken: boolean): Values {
  return { [name]: fields[spoken ? 'SpeechResult' : 'Digits'] ?? '' }
}

function gather(step: Step): string {
  const hears = step.leadsOn('speech')
  const stops = step.boolean('stop_gather') ?? true
  const digits = step.integer('number_of_digits')
  const keys = step.state.properties?.['finish_on_key']
  return element(
    'Gather',
    {
      action: step.callbackUrl(INPUT),
      input: hears ? (step.leadsOn('keypress') ? 'dtmf speech' : 'speech') : 'dtmf',
      timeout: step.integer('timeout') ?? 5,
      numDigits: digits || undefined,
      ...(hears && {
        language: step.text('gather_language'),
        hints: step.text('hints'),
        speechTimeout: step.text('speech_timeout') || 'auto',
        speechModel: step.text('speech_model'),
        profanityFilter: step.text('profanity_filter'),
      }),
      finishOnKey: stops ? (keys === undefined ? '#' : step.text('finish_on_key') || null) : null,
    },
    promptOf(step),
  )
}
