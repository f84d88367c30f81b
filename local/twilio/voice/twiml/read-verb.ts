import { attributesOf } from './attributes.ts'
import type { Warning } from './check.ts'
import type { Element } from './element.ts'
import { readDial, recordingCallback } from './read-dial.ts'
import type { Enqueue, Gather, Prompt, Record, Verb } from './verb.ts'
import { unsupportedVerbs } from './vocabulary.ts'

/** The verb that a checked element of a Response stands for; null when it is skipped. */
export function readVerb(element: Element, warnings: Warning[]): Verb | null {
  const at = attributesOf(element, warnings)
  switch (element.name) {
    case 'Say':
    case 'Play':
    case 'Pause':
      return readPrompt(element, warnings)
    case 'Gather':
      return readGather(element, warnings)
    case 'Record':
      return readRecord(element, warnings)
    case 'Enqueue':
      return readEnqueue(element, warnings)
    case 'Dial':
      return readDial(element, warnings)
    case 'Redirect':
      return { kind: 'Redirect', url: element.text, method: at.method('method', 'POST') }
    case 'Reject':
      return {
        kind: 'Reject',
        reason: at.oneOf('reason', ['rejected', 'busy'] as const, 'rejected'),
      }
    case 'Hangup':
      return { kind: 'Hangup' }
    case 'Leave':
      return { kind: 'Leave' }
    case 'Refer': {
      const sip = element.children[0]?.text ?? ''
      const action = at.text('action') ?? null
      return { kind: 'Refer', sip, action, method: at.method('method', 'POST') }
    }
    case 'Start':
    case 'Stop':
      return readBackground(element, warnings)
    default:
      warnings.push({ code: 12200, text: skipped(element) })
      return null
  }
}

function skipped({ name, line }: Element): string {
  return unsupportedVerbs.includes(name)
    ? `line ${line}: the local Twilio does not carry out <${name}>, skipped`
    : `line ${line}: there is no verb <${name}>, skipped`
}

function readPrompt(element: Element, warnings: Warning[]): Prompt {
  const at = attributesOf(element, warnings)
  if (element.name === 'Pause') {
    return { kind: 'Pause', lengthSeconds: at.integer('length', 1, { min: 1 }) }
  }
  // 0 means until the hang-up, or a thousand times.
  const loop = at.integer('loop', 1, { min: 0 }) || 1_000
  if (element.name === 'Say') return { kind: 'Say', text: element.text, loop }
  return {
    kind: 'Play',
    url: element.text,
    loop,
    digits: at.matching('digits', /^[0-9A-D#*wW]+$/, null),
  }
}

function readGather(element: Element, warnings: Warning[]): Gather {
  const at = attributesOf(element, warnings)
  const input = at.words('input', ['dtmf'])
  const timeoutSeconds = at.integer('timeout', 5, { min: 0 })
  const automatic = at.text('speechTimeout') === 'auto'
  const partial = at.text('partialResultCallback')
  return {
    kind: 'Gather',
    action: at.text('action') || null,
    method: at.method('method', 'POST'),
    dtmf: input.includes('dtmf') || !input.includes('speech'),
    speech: input.includes('speech'),
    timeoutSeconds,
    numDigits: at.integer('numDigits', null, { min: 1 }),
    finishOnKey: at.text('finishOnKey') === '' ? '' : at.matching('finishOnKey', /^[0-9#*]$/, '#'),
    // `auto` means: as soon as the speaker seems to have finished. A second is taken for that.
    speechTimeoutSeconds: automatic ? 1 : at.integer('speechTimeout', timeoutSeconds, { min: 1 }),
    actionOnEmptyResult: at.boolean('actionOnEmptyResult', false),
    partialResult: partial
      ? { url: partial, method: at.method('partialResultCallbackMethod', 'POST') }
      : null,
    prompts: element.children.map((child) => readPrompt(child, warnings)),
  }
}

function readRecord(element: Element, warnings: Warning[]): Record {
  const at = attributesOf(element, warnings)
  const transcribeCallback = at.text('transcribeCallback') || null
  const transcribe = at.boolean('transcribe', false) || transcribeCallback !== null
  return {
    kind: 'Record',
    action: at.text('action') || null,
    method: at.method('method', 'POST'),
    timeoutSeconds: at.integer('timeout', 5, { min: 0 }),
    finishOnKey:
      at.text('finishOnKey') === '' ? '' : at.matching('finishOnKey', /^[0-9#*]+$/, '1234567890*#'),
    maxLengthSeconds: at.integer('maxLength', transcribe ? 120 : 3_600, { min: 2 }),
    transcribe,
    transcribeCallback,
    recordingCallback: recordingCallback(at),
  }
}

function readEnqueue(element: Element, warnings: Warning[]): Enqueue {
  const at = attributesOf(element, warnings)
  const task = element.children[0]
  const ofTask = task && attributesOf(task, warnings)
  return {
    kind: 'Enqueue',
    name: task ? '' : element.text,
    workflowSid: at.text('workflowSid') ?? null,
    task:
      task && ofTask
        ? {
            attributes: task.rawText,
            priority: ofTask.integer('priority', null, { min: 0 }),
            timeoutSeconds: ofTask.integer('timeout', null, { min: 1 }),
          }
        : null,
    action: at.text('action') ?? null,
    method: at.method('method', 'POST'),
    waitUrl: at.text('waitUrl') ?? null,
    waitUrlMethod: at.method('waitUrlMethod', 'POST'),
    maxQueueSize: at.integer('maxQueueSize', null, { min: 1, max: 5_000 }),
  }
}

function readBackground(element: Element, warnings: Warning[]): Verb | null {
  const recording = element.children.find(({ name }) => name === 'Recording')
  for (const other of element.children.filter((child) => child !== recording)) {
    warnings.push({
      code: 12200,
      text: `line ${other.line}: the local Twilio does not carry out <${element.name}><${other.name}>, skipped`,
    })
  }
  if (!recording) return null
  if (element.name === 'Stop') return { kind: 'StopRecording' }
  const at = attributesOf(recording, warnings)
  return {
    kind: 'StartRecording',
    recordingCallback: recordingCallback(at),
    track: at.oneOf('track', ['inbound', 'outbound', 'both'] as const, 'both'),
    channels: at.oneOf('channels', ['mono', 'dual'] as const, 'mono'),
  }
}
