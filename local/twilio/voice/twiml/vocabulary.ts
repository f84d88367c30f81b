/** What an element may carry. Names are case-sensitive. */
export type ElementRule = {
  readonly attributes: readonly string[]
  /** `any`: whatever stands within counts as text (SSML). */
  readonly children: readonly string[] | 'any'
  readonly text?: boolean
}

const words = (text: string) => text.trim().split(/\s+/).filter(Boolean)
const rule = (attributes: string, children = '', text = false): ElementRule => ({
  attributes: words(attributes),
  children: words(children),
  text,
})

const RECORDING =
  'recordingStatusCallback recordingStatusCallbackMethod recordingStatusCallbackEvent'
const STATUS = 'statusCallback statusCallbackEvent statusCallbackMethod'
const MACHINE = `machineDetection machineDetectionTimeout machineDetectionSpeechThreshold
  machineDetectionSpeechEndThreshold machineDetectionSilenceTimeout amdStatusCallback amdStatusCallbackMethod`

/** Verbs that Twilio has and the local Twilio does not act on: each is skipped with an alert that says so. */
export const unsupportedVerbs: readonly string[] = words('Connect Pay Prompt Sms')

/** TwiML for voice: element → what it may carry. */
export const vocabulary: Readonly<Record<string, ElementRule>> = {
  Response: rule(
    '',
    `Say Play Pause Gather Record Enqueue Dial Redirect Hangup Reject Leave Start Stop Refer
     ${unsupportedVerbs.join(' ')}`,
  ),
  Say: { attributes: words('voice language loop'), children: 'any', text: true },
  Play: rule('loop digits', '', true),
  Pause: rule('length'),
  Redirect: rule('method', '', true),
  Hangup: rule(''),
  Leave: rule(''),
  Reject: rule('reason'),
  Refer: rule('action method', 'Sip'),
  Gather: rule(
    `action method input timeout numDigits finishOnKey speechTimeout actionOnEmptyResult partialResultCallback
     partialResultCallbackMethod language hints speechModel profanityFilter enhanced bargeIn maxSpeechTime debug`,
    'Say Play Pause',
  ),
  Record: rule(
    `action method timeout finishOnKey maxLength playBeep trim transcribe transcribeCallback ${RECORDING}`,
  ),
  Enqueue: rule(
    'action method waitUrl waitUrlMethod maxQueueSize workflowSid',
    'Task TaskAttributes',
    true,
  ),
  Task: rule('priority timeout', '', true),
  TaskAttributes: rule('priority timeout', '', true),
  Start: rule('action method', 'Recording Stream Siprec Transcription'),
  Stop: rule('', 'Recording Stream Siprec Transcription'),
  Recording: rule(`${RECORDING} trim track channels name`),
  Stream: {
    attributes: words('name url track statusCallback statusCallbackMethod'),
    children: 'any',
  },
  Siprec: { attributes: words('name connectorName track'), children: 'any' },
  Transcription: {
    attributes: words('name statusCallbackUrl track languageCode'),
    children: 'any',
  },
  Dial: rule(
    `action method timeout timeLimit callerId hangupOnStar answerOnBridge record recordingTrack trim sequential
     ringTone referUrl referMethod callReason events recordingConfigurationId ${RECORDING}`,
    'Number Client Sip Conference Queue Application WhatsApp',
    true,
  ),
  Number: rule(`sendDigits url method byoc ${STATUS} ${MACHINE}`, '', true),
  Client: rule(`url method ${STATUS}`, 'Identity Parameter', true),
  Sip: rule(`username password url method ${STATUS} ${MACHINE}`, '', true),
  WhatsApp: rule(`url method ${STATUS}`, '', true),
  Queue: rule('url method reservationSid postWorkActivitySid', '', true),
  Application: rule(
    `url method customerId copyParentTo ${STATUS}`,
    'ApplicationSid Parameter',
    true,
  ),
  Conference: rule(
    `muted beep startConferenceOnEnter endConferenceOnExit participantLabel coach waitUrl waitMethod maxParticipants
     record trim region jitterBufferSize eventCallbackUrl ${STATUS} ${RECORDING}`,
    '',
    true,
  ),
  Identity: rule('', '', true),
  ApplicationSid: rule('', '', true),
  Parameter: rule('name value'),
}
