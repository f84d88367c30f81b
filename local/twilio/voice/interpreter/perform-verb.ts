import type { Verb } from '../twiml/index.ts'
import { actionSource } from './address.ts'
import { dial } from './dial.ts'
import { enqueue } from './enqueue.ts'
import { type Frame, hangUp, next, type Step } from './frame.ts'
import { gather } from './gather.ts'
import { prompt } from './prompts.ts'
import { record, startRecording, stopRecording } from './record.ts'

/** Carries out one verb. A leg that still rings is answered by it, but for the verbs that Twilio excepts. */
export async function performVerb(verb: Verb, frame: Frame): Promise<Step> {
  const { call } = frame
  if (answers(verb)) call.answer()
  switch (verb.kind) {
    case 'Say':
    case 'Play':
    case 'Pause':
      await prompt(verb, frame)
      return next
    case 'Gather':
      return gather(verb, frame)
    case 'Record':
      return record(verb, frame)
    case 'Enqueue':
      return enqueue(verb, frame)
    case 'Dial':
      return dial(verb, frame)
    case 'Redirect':
      return { kind: 'goto', source: actionSource(frame, verb.url, verb.method, {}) }
    case 'Reject':
      // Once answered, a call can only be hung up.
      call.hangUp(
        call.status === 'in-progress' ? 'completed' : verb.reason === 'busy' ? 'busy' : 'no-answer',
        verb.reason === 'busy' ? 486 : 603,
      )
      return hangUp
    case 'Hangup':
      return hangUp
    case 'Leave':
      return frame.stage === 'queue-wait' ? { kind: 'stop', outcome: 'leave' } : next
    case 'Refer':
      call.tell('call.refer', `${call.who} is referred to ${verb.sip}`)
      return hangUp
    case 'StartRecording':
      startRecording(verb, frame)
      return next
    case 'StopRecording':
      stopRecording(frame)
      return next
    default:
      throw new Error(`no such verb: ${JSON.stringify(verb satisfies never)}`)
  }
}

// A leading pause delays the answer; a redirect does not answer; a reject never does.
function answers(verb: Verb): boolean {
  if (verb.kind === 'Dial') return !verb.answerOnBridge
  return verb.kind !== 'Pause' && verb.kind !== 'Redirect' && verb.kind !== 'Reject'
}
