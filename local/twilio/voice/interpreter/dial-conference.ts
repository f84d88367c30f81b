import {
  API_END_HANGS_UP,
  attend,
  type Conference,
  createParticipant,
  type Departure,
  isConferenceName,
  isLabel,
} from '../conference/index.ts'
import { Interrupted } from '../scope.ts'
import type { Dial, DialConference } from '../twiml/index.ts'
import { absolute, absoluteTarget } from './address.ts'
import { requestActionOnly } from './afterwards.ts'
import { afterDial } from './dial-result.ts'
import { type Frame, hangUp, next, type Step } from './frame.ts'

/** `<Dial><Conference>`: in the room until it is over, or until the leg leaves it. */
export async function dialConference(
  verb: Dial,
  noun: DialConference,
  frame: Frame,
): Promise<Step> {
  const { call, voice } = frame
  if (!isConferenceName(noun.name)) {
    voice.alert(call, 13223, `a conference name has 1 to 128 characters, not '${noun.name}'`)
    return afterDial(verb, frame, { DialCallStatus: 'failed' })
  }
  const live = voice.conferences.named(noun.name)
  const refusal = labelRefusal(noun, live) ?? fullRefusal(noun, live) ?? coachRefusal(noun, live)
  if (refusal) {
    voice.alert(call, refusal.code, refusal.text)
    // Without its label the call is not added, and control passes to the next verb.
    return refusal.code === 16025 || refusal.code === 16023
      ? next
      : afterDial(verb, frame, { DialCallStatus: 'failed' })
  }
  const conference = voice.conferences.ensure(noun.name, call, {
    maxParticipants: noun.maxParticipants,
    record: noun.record,
    region: noun.region,
    callback: absoluteTarget(frame, noun.callback),
    recordingCallback: absoluteTarget(frame, noun.recordingCallback),
  })
  try {
    const departure = await stay(verb, noun, frame, conference)
    if (departure === 'ended-by-api' && API_END_HANGS_UP) {
      requestActionOnly(frame, verb.action, verb.method, { DialCallStatus: 'answered' })
      return hangUp
    }
    return afterDial(verb, frame, { DialCallStatus: 'answered' })
  } catch (error) {
    if (error instanceof Interrupted && error.reason !== 'stopped') {
      requestActionOnly(frame, verb.action, verb.method, { DialCallStatus: 'answered' })
    }
    throw error
  }
}

function labelRefusal({ label, name }: DialConference, conference: Conference | undefined) {
  if (label === null) return null
  if (!isLabel(label)) {
    return { code: 16023, text: `'${label}' is no label: 128 characters at most, no CallSid, no /` }
  }
  if (!conference?.find(label)) return null
  return { code: 16025, text: `conference “${name}” has a participant '${label}'` }
}

function fullRefusal({ name }: DialConference, conference: Conference | undefined) {
  return conference?.full ? { code: 16020, text: `conference “${name}” is full` } : null
}

function coachRefusal({ coach, name }: DialConference, conference: Conference | undefined) {
  if (coach === null) return null
  if (conference?.status === 'in-progress' && conference.find(coach)) return null
  const text = `coach="${coach}" is no participant of a running conference “${name}”`
  return { code: 13240, text }
}

function stay(
  verb: Dial,
  noun: DialConference,
  frame: Frame,
  conference: Conference,
): Promise<Departure | 'left'> {
  const { call, voice, scope } = frame
  const { label, muted, startOnEnter, endOnExit, coach: callSidToCoach, waitMethod, beep } = noun
  const participant = createParticipant(
    call,
    {
      ...{ label, muted, startOnEnter, endOnExit, callSidToCoach, waitMethod, beep },
      waitUrl: noun.waitUrl ? absolute(frame, noun.waitUrl) : noun.waitUrl,
    },
    voice.clock.now(),
  )
  return scope.part<Departure | 'left'>(async (part, stop) => {
    const off = call.keys.on((key) => {
      if (verb.hangupOnStar && key === '*') stop('left')
    })
    const timer = voice.clock.schedule(voice.clock.now() + verb.timeLimitSeconds * 1_000, () =>
      stop('left'),
    )
    try {
      return await attend(voice, conference, participant, part)
    } finally {
      off()
      timer.cancel()
    }
  })
}
