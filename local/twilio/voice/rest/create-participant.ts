import { isSid } from '../../objects/sid.ts'
import type { Parameters } from '../../rest/parameters.ts'
import { badRequest, notFound } from '../../rest/refusal.ts'
import { type Answer, created, pathPart, type Call as Request } from '../../rest/route.ts'
import { detectInBackground } from '../call/machine-detection.ts'
import { placeCall, RING_BUFFER_SECONDS } from '../call/outbound.ts'
import {
  attendAsGuest,
  beeps,
  type Conference,
  type ConferenceSettings,
  createParticipant,
  isConferenceName,
  isLabel,
  type Participant,
} from '../conference/index.ts'
import type { VoiceContext } from '../voice-context.ts'
import { addressParameters, customParameters } from './addresses.ts'
import { voiceCodes } from './codes.ts'
import { secondsParameter } from './create-call.ts'
import { callbackParameter, methodParameter, targetParameter, urlParameter } from './form.ts'
import { participantBody } from './participant-body.ts'

/** POST `Participants.json`: dials a leg into a conference, by its SID or by a name that may be new. */
export function createConferenceParticipant(voice: VoiceContext, request: Request): Answer {
  const { form } = request
  const live = liveConference(voice, request)
  const addresses = addressParameters(form, voice)
  const options = participantOptions(form)
  const settings = conferenceSettings(form)
  refuse(options, live)
  checkMedia(form)
  const machine = form.oneOf('MachineDetection', ['Enable', 'DetectMessageEnd'] as const)
  const machineCallback = targetParameter(form, 'AmdStatusCallback')
  const recording = callbackParameter(form, 'RecordingStatusCallback', ['completed'])
  const timeout = secondsParameter(form, 'Timeout', voiceCodes.timeoutInvalid, 600, 5) ?? 60
  const channels = form.oneOf('RecordingChannels', ['mono', 'dual'] as const)
  const track = form.oneOf('RecordingTrack', ['inbound', 'outbound', 'both'] as const)
  const call = placeCall(voice, {
    ...addresses,
    direction: 'outbound-api',
    phoneNumberSid: voice.numbers.number(addresses.from)?.sid,
    timeoutSeconds: timeout + RING_BUFFER_SECONDS,
    timeLimitSeconds: secondsParameter(form, 'TimeLimit', voiceCodes.invalidParameter),
    progress: callbackParameter(form, 'StatusCallback', ['completed']) ?? undefined,
    extraFields: customParameters(addresses.to),
    storyOf: live?.participants()[0]?.call,
    queueMs: voice.pace.participants.next(),
  })
  const conference = live ?? voice.conferences.ensure(conferenceName(request), call, settings)
  const participant = createParticipant(call, options, voice.clock.now())
  call.answered.on(() => {
    call.tell('call.answered', `${call.to} answered`)
    if (machine) detectInBackground(voice, call, machine, machineCallback)
    if (!form.boolean('Record')) return
    voice.recordings.start({
      ...{ call, source: 'OutboundAPI', callback: recording, track },
      channels: channels === 'dual' ? 2 : 1,
    })
  })
  bring(voice, conference, participant, form.boolean('EarlyMedia') ?? true)
  const body = participantBody(conference, participant, voice.accountSid)
  return created({ ...body, queue_time: String(call.queueMs) })
}

const recordings = ['true', 'false', 'record-from-start', 'do-not-record'] as const
const regions = ['us1', 'us2', 'ie1', 'de1', 'sg1', 'br1', 'au1', 'jp1'] as const
const trims = ['trim-silence', 'do-not-trim'] as const

/** What has no effect where no sound is, but is refused when it is wrong. */
function checkMedia(form: Parameters): void {
  form.oneOf('Trim', trims)
  form.oneOf('ConferenceTrim', trims)
  form.oneOf('JitterBufferSize', ['off', 'small', 'medium', 'large'] as const)
  form.integer('MachineDetectionTimeout', { min: 3, max: 59 })
  form.integer('MachineDetectionSpeechThreshold', { min: 1_000, max: 6_000 })
  form.integer('MachineDetectionSpeechEndThreshold', { min: 500, max: 5_000 })
  form.integer('MachineDetectionSilenceTimeout', { min: 2_000, max: 10_000 })
}

/** With early media a leg is in the conference as soon as it rings: the others hear the tone. */
function bring(
  voice: VoiceContext,
  conference: Conference,
  participant: Participant,
  early: boolean,
): void {
  const { call } = participant
  conference.invite(participant)
  const enter = () => {
    if (conference.invited().includes(participant)) {
      void attendAsGuest(voice, conference, participant, call)
    }
  }
  if (early) call.rang.on(enter)
  call.answered.on(enter)
  call.ended.on(() => conference.dismiss(participant))
  participant.changed.on(() => {
    const over = participant.departure !== null && call.answeredAt === null
    if (over) call.hangUp('canceled')
  })
}

function conferenceName(request: Request): string {
  return pathPart(request, 'ConferenceSid')
}

/** The live conference that the path means; a name may also be that of a new one. */
function liveConference(voice: VoiceContext, request: Request): Conference | undefined {
  const name = conferenceName(request)
  if (!isConferenceName(name)) {
    throw badRequest('A conference name has 1 to 128 characters', voiceCodes.conferenceInvalid)
  }
  if (!isSid('CF', name)) return voice.conferences.named(name)
  const conference = voice.conferences.get(name)
  if (!conference || conference.status === 'completed') throw notFound(request.url.pathname)
  return conference
}

function participantOptions(form: Parameters) {
  const callSidToCoach = form.text('CallSidToCoach') || null
  const coaching = form.boolean('Coaching') ?? callSidToCoach !== null
  if (coaching && callSidToCoach === null) {
    throw badRequest('Coaching needs CallSidToCoach', voiceCodes.coachInvalid)
  }
  const label = form.text('Label') || null
  if (label !== null && !isLabel(label)) {
    const text = `Label '${label}' is not valid: 128 characters at most, no CallSid, no /`
    throw badRequest(text, voiceCodes.labelInvalid)
  }
  return {
    label,
    muted: form.boolean('Muted') ?? false,
    startOnEnter: form.boolean('StartConferenceOnEnter') ?? true,
    endOnExit: form.boolean('EndConferenceOnExit') ?? false,
    callSidToCoach: coaching ? callSidToCoach : null,
    coaching,
    beep: form.oneOf('Beep', beeps),
    waitUrl: form.text('WaitUrl') ? urlParameter(form, 'WaitUrl') : (form.text('WaitUrl') ?? null),
    waitMethod: methodParameter(form, 'WaitMethod', 'POST'),
  }
}

function conferenceSettings(form: Parameters): ConferenceSettings {
  const record = form.oneOf('ConferenceRecord', recordings)
  return {
    maxParticipants: form.integer('MaxParticipants', { min: 2, max: 250 }) ?? 250,
    record: record === 'true' || record === 'record-from-start',
    region: form.oneOf('Region', regions),
    callback: callbackParameter(form, 'ConferenceStatusCallback', ['start', 'end']),
    recordingCallback: callbackParameter(form, 'ConferenceRecordingStatusCallback', ['completed']),
  }
}

function refuse(
  { label, callSidToCoach }: ReturnType<typeof participantOptions>,
  conference: Conference | undefined,
): void {
  if (label !== null && conference?.find(label)) {
    throw badRequest(`The label '${label}' is taken in this conference`, voiceCodes.labelTaken)
  }
  if (callSidToCoach !== null && !conference?.find(callSidToCoach)) {
    const text = `CallSidToCoach ${callSidToCoach} is no participant of this conference`
    throw badRequest(text, voiceCodes.coachInvalid)
  }
  if (conference?.full) {
    throw badRequest('The conference is full', voiceCodes.conferenceFull)
  }
}
