import { type AttributeReader, attributesOf } from './attributes.ts'
import type { Warning } from './check.ts'
import type { Element } from './element.ts'
import type {
  Dial,
  DialApplication,
  DialConference,
  DialLeg,
  DialNoun,
  DialQueue,
  ProgressCallback,
  RecordingCallback,
  Target,
} from './verb.ts'

/** `<Dial>` with its nouns; bare text is a number. */
export function readDial(element: Element, warnings: Warning[]): Dial {
  const at = attributesOf(element, warnings)
  const nouns = element.children.flatMap((child) => readNoun(child, warnings))
  if (nouns.length === 0 && element.text) {
    nouns.push(leg('Number', toE164(element.text), at))
  }
  const record = at.text('record') ?? 'do-not-record'
  return {
    kind: 'Dial',
    nouns,
    action: at.text('action') ?? null,
    method: at.method('method', 'POST'),
    timeoutSeconds: at.integer('timeout', 30, { min: 1, max: 600 }),
    timeLimitSeconds: at.integer('timeLimit', 14_400, { min: 1, max: 86_400 }),
    callerId: at.text('callerId') || null,
    hangupOnStar: at.boolean('hangupOnStar', false),
    answerOnBridge: at.boolean('answerOnBridge', false),
    sequential: at.boolean('sequential', false),
    record: record.startsWith('record-from-ringing')
      ? 'from-ringing'
      : record.startsWith('record-from-answer') || record === 'true'
        ? 'from-answer'
        : 'no',
    recordingChannels: record.endsWith('-dual') ? 'dual' : 'mono',
    recordingCallback: recordingCallback(at),
  }
}

function readNoun(element: Element, warnings: Warning[]): DialNoun[] {
  const at = attributesOf(element, warnings)
  const { text, children } = element
  switch (element.name) {
    case 'Number':
      return [leg('Number', toE164(text), at)]
    case 'Client': {
      const identity = children.find(({ name }) => name === 'Identity')?.text ?? text
      const noun = leg('Client', `client:${identity.replace(/^client:/, '')}`, at)
      return [{ ...noun, parameters: parameters(children) }]
    }
    case 'Sip':
      return [leg('Sip', /^sips?:/.test(text) ? text : `sip:${text}`, at)]
    case 'Queue':
      return [queue(text, at)]
    case 'Conference':
      return [conference(text, at)]
    case 'Application':
      return [application(element, at)]
    default:
      warnings.push({
        code: 12200,
        text: `line ${element.line}: the local Twilio does not dial <${element.name}>`,
      })
      return []
  }
}

function leg(kind: DialLeg['kind'], address: string, at: AttributeReader): DialLeg {
  return {
    kind,
    address,
    screening: target(at, 'url', 'method'),
    progress: progressCallback(at, ['completed']),
    sendDigits: at.matching('sendDigits', /^[0-9A-D#*wW]{1,32}$/, null),
    machineDetection: machineDetection(at.text('machineDetection')),
    machineCallback: target(at, 'amdStatusCallback', 'amdStatusCallbackMethod'),
    parameters: {},
  }
}

function machineDetection(text: string | undefined): DialLeg['machineDetection'] {
  return text === 'Enable' || text === 'DetectMessageEnd' ? text : null
}

function queue(name: string, at: AttributeReader): DialQueue {
  return {
    kind: 'Queue',
    name,
    announcement: target(at, 'url', 'method'),
    reservationSid: at.text('reservationSid') ?? null,
    postWorkActivitySid: at.text('postWorkActivitySid') ?? null,
  }
}

function conference(name: string, at: AttributeReader): DialConference {
  return {
    kind: 'Conference',
    name,
    muted: at.boolean('muted', false),
    startOnEnter: at.boolean('startConferenceOnEnter', true),
    endOnExit: at.boolean('endConferenceOnExit', false),
    label: at.text('participantLabel') || null,
    coach: at.text('coach') || null,
    waitUrl: at.text('waitUrl') ?? null,
    waitMethod: at.method('waitMethod', 'POST'),
    maxParticipants: at.integer('maxParticipants', 250, { min: 2, max: 250 }),
    beep: at.oneOf('beep', ['true', 'false', 'onEnter', 'onExit'] as const, 'true'),
    region: at.text('region') || 'us1',
    record: ['record-from-start', 'true'].includes(at.text('record') ?? ''),
    callback: progressCallback(at, []),
    recordingCallback: recordingCallback(at),
  }
}

function application({ text, children }: Element, at: AttributeReader): DialApplication {
  return {
    kind: 'Application',
    applicationSid: children.find(({ name }) => name === 'ApplicationSid')?.text ?? text,
    copyParentTo: at.boolean('copyParentTo', false),
    progress: progressCallback(at, ['completed']),
    parameters: parameters(children),
  }
}

function parameters(children: readonly Element[]): { [name: string]: string } {
  const named = children.filter(({ name }) => name === 'Parameter')
  return Object.fromEntries(
    named.map(({ attributes }) => [attributes['name'] ?? '', attributes['value'] ?? '']),
  )
}

function target(at: AttributeReader, url: string, method: string): Target | null {
  const address = at.text(url)
  return address ? { url: address, method: at.method(method, 'POST') } : null
}

function progressCallback(
  at: AttributeReader,
  standard: readonly string[],
): ProgressCallback | null {
  const callback = target(at, 'statusCallback', 'statusCallbackMethod')
  return callback && { ...callback, events: at.words('statusCallbackEvent', standard) }
}

/** Where a recording's news go, by the three attributes that every recording verb has. */
export function recordingCallback(at: AttributeReader): RecordingCallback | null {
  const callback = target(at, 'recordingStatusCallback', 'recordingStatusCallbackMethod')
  return (
    callback && { ...callback, events: at.words('recordingStatusCallbackEvent', ['completed']) }
  )
}

/** `(415) 867-5309` is understood as a number of North America; anything else stays as it is. */
function toE164(text: string): string {
  const digits = text.replace(/[\s().-]/g, '')
  if (/^\d{10}$/.test(digits)) return `+1${digits}`
  if (/^1\d{10}$/.test(digits)) return `+${digits}`
  return /^\+\d+$/.test(digits) ? digits : text
}
