import type { Parameters } from '../../rest/parameters.ts'
import { badRequest } from '../../rest/refusal.ts'
import { type Answer, created, type Call as Request } from '../../rest/route.ts'
import type { Call } from '../call/call.ts'
import { detectInBackground, detection, type MachineDetection } from '../call/machine-detection.ts'
import { placeCall } from '../call/outbound.ts'
import { startProgram } from '../call/program.ts'
import { playDigits, type Source } from '../interpreter/index.ts'
import { Interrupted } from '../scope.ts'
import type { Target } from '../twiml/index.ts'
import type { VoiceContext } from '../voice-context.ts'
import { addressParameters, customParameters } from './addresses.ts'
import { callBody } from './call-body.ts'
import { voiceCodes } from './codes.ts'
import { callbackParameter, methodParameter, targetParameter, urlParameter } from './form.ts'

/** POST `Calls.json`: dials, and runs the document once the call is answered. */
export function createCall(voice: VoiceContext, { form }: Request): Answer {
  const addresses = addressParameters(form, voice)
  const { source, ...settings } = documentParameters(form, voice)
  const sendDigits = sendDigitsParameter(form)
  const machine = machineParameters(form)
  const recording = callbackParameter(form, 'RecordingStatusCallback', ['completed'])
  const dual = form.text('RecordingChannels') === 'dual'
  const call = placeCall(voice, {
    ...addresses,
    ...settings,
    direction: 'outbound-api',
    phoneNumberSid: voice.numbers.number(addresses.from)?.sid,
    timeoutSeconds: secondsParameter(form, 'Timeout', voiceCodes.timeoutInvalid, 600) ?? 60,
    timeLimitSeconds: secondsParameter(form, 'TimeLimit', voiceCodes.invalidParameter),
    extraFields: customParameters(addresses.to),
    queueMs: voice.pace.calls.next(),
  })
  call.answered.on(() => {
    call.tell('call.answered', `${call.to} answered`)
    if (form.boolean('Record')) {
      const channels = dual ? 2 : 1
      voice.recordings.start({ call, source: 'OutboundAPI', channels, callback: recording })
    }
    // Twilio takes keys that are sent as the mark of a machine that is known to be one.
    void begin(voice, call, source, sendDigits, sendDigits ? null : machine)
  })
  return created(callBody(call, voice.accountSid))
}

/** What a call runs, and where its news go; an application brings its own. */
function documentParameters(form: Parameters, voice: VoiceContext) {
  const applicationSid = form.text('ApplicationSid')
  if (applicationSid) {
    const application = voice.numbers.application(applicationSid)
    if (!application?.voiceUrl) {
      throw badRequest(
        `ApplicationSid ${applicationSid} is not valid`,
        voiceCodes.applicationInvalid,
      )
    }
    const { voiceUrl, voiceMethod, voiceFallbackUrl, voiceFallbackMethod } = application
    const { statusCallback, statusCallbackMethod } = application
    return {
      source: { kind: 'url', url: voiceUrl, method: voiceMethod } as Source,
      fallback: voiceFallbackUrl
        ? { url: voiceFallbackUrl, method: voiceFallbackMethod }
        : undefined,
      progress: statusCallback
        ? { url: statusCallback, method: statusCallbackMethod, events: ['completed'] }
        : undefined,
    }
  }
  return {
    source: sourceParameter(form),
    fallback: fallbackParameter(form) ?? undefined,
    progress: callbackParameter(form, 'StatusCallback', ['completed']) ?? undefined,
  }
}

/** `FallbackUrl` with `FallbackMethod`. */
export function fallbackParameter(form: Parameters): Target | null {
  const url = urlParameter(form, 'FallbackUrl')
  return url === null ? null : { url, method: methodParameter(form, 'FallbackMethod', 'POST') }
}

/** `Url` (which wins) or `Twiml`; one is required. */
function sourceParameter(form: Parameters): Source {
  const url = urlParameter(form, 'Url', voiceCodes.urlInvalid)
  if (url !== null) return { kind: 'url', url, method: methodParameter(form, 'Method', 'POST') }
  const inline = inlineParameter(form)
  if (inline) return inline
  throw badRequest('Url, Twiml or ApplicationSid is required', voiceCodes.urlInvalid)
}

const LONGEST_TWIML = 4_000

/** `Twiml`, or null when it was not sent. */
export function inlineParameter(form: Parameters): Source | null {
  const twiml = form.text('Twiml')
  if (!twiml) return null
  if (twiml.length > LONGEST_TWIML) {
    throw badRequest(`Twiml has ${twiml.length} characters; at most ${LONGEST_TWIML} are allowed`)
  }
  return { kind: 'inline', twiml }
}

function sendDigitsParameter(form: Parameters): string | null {
  const digits = form.text('SendDigits')
  if (!digits) return null
  if (/^[0-9A-D#*wW]{1,32}$/.test(digits)) return digits
  throw badRequest(`SendDigits '${digits}' is not valid`, voiceCodes.sendDigitsInvalid)
}

/** A number of seconds within these bounds, or undefined when it was not sent. */
export function secondsParameter(
  form: Parameters,
  name: string,
  code: number,
  most = 86_400,
  least = 1,
): number | undefined {
  const text = form.text(name)
  if (!text) return undefined
  const seconds = /^\d+$/.test(text) ? Number(text) : 0
  if (seconds >= least && seconds <= most) return seconds
  throw badRequest(`${name} must be ${least} to ${most} seconds, not '${text}'`, code)
}

type Machine = {
  readonly mode: MachineDetection
  readonly asynchronous: boolean
  readonly callback: Target | null
}

function machineParameters(form: Parameters): Machine | null {
  const mode = form.text('MachineDetection')
  if (mode !== 'Enable' && mode !== 'DetectMessageEnd') return null
  return {
    mode,
    asynchronous: form.text('AsyncAmd') === 'true',
    callback: targetParameter(form, 'AsyncAmdStatusCallback'),
  }
}

/** From the answer to the first request for TwiML. */
async function begin(
  voice: VoiceContext,
  call: Call,
  source: Source,
  sendDigits: string | null,
  machine: Machine | null,
): Promise<void> {
  const scope = call.occupy()
  try {
    if (sendDigits) await playDigits(sendDigits, { call, scope, stage: 'call', voice })
    if (machine && !machine.asynchronous) {
      const { answeredBy, ms } = detection(voice, call, machine.mode)
      call.doing = 'machine detection'
      await scope.sleep(ms)
      call.answeredBy = answeredBy
      const fields = { MachineDetectionDuration: String(ms) }
      startProgram(voice, call, source.kind === 'url' ? { ...source, fields } : source)
      return
    }
    if (machine) detectInBackground(voice, call, machine.mode, machine.callback)
    startProgram(voice, call, source)
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error
  }
}
