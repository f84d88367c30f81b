import type { TwimlApplication, VoiceSettings } from '../../number-directory.ts'
import type { VoiceContext } from '../voice-context.ts'
import type { Call } from './call.ts'
import { startProgram } from './program.ts'
import { reportProgress } from './status-callbacks.ts'

/** Somebody dials a number that the account does not own. */
export class NotOwnNumberError extends Error {
  override readonly name = 'NotOwnNumberError'
  readonly phoneNumber: string

  constructor(phoneNumber: string) {
    super(`${phoneNumber} is no number of this account: declare or buy it before it is called`)
    this.phoneNumber = phoneNumber
  }
}

/** A call that comes in on one of the account's numbers, whose application (if any) says what happens. */
export function receiveCall(
  voice: VoiceContext,
  dial: { readonly from: string; readonly to: string; readonly storyOf?: Call },
): Call {
  const number = voice.numbers.number(dial.to)
  if (!number) throw new NotOwnNumberError(dial.to)
  const application = number.voiceApplicationSid
    ? voice.numbers.application(number.voiceApplicationSid)
    : undefined
  const call = voice.calls.add({
    ...settingsOf(application ?? number),
    ...dial,
    direction: 'inbound',
    status: 'ringing',
    phoneNumberSid: number.sid,
    extraFields: application ? { ApplicationSid: application.sid } : {},
  })
  reportProgress(voice, call)
  voice.phones.attach(call, dial.from)
  call.tell('call.ringing', `${dial.from} calls ${dial.to}`)
  runVoiceUrl(voice, call, application ?? number)
  return call
}

/**
 * A leg that REST dialled to `app:AP…` comes in at that application; its query is handed on as `<Parameter>` is. Undefined when
 * there is no such application.
 */
export function receiveAtApplication(
  voice: VoiceContext,
  dial: { readonly from: string; readonly to: string; readonly storyOf?: Call },
): Call | undefined {
  const { applicationSid, parameters } = readApplicationAddress(dial.to)
  const application = voice.numbers.application(applicationSid)
  if (!application) return undefined
  const call = voice.calls.add({
    ...settingsOf(application),
    ...dial,
    to: application.sid,
    direction: 'inbound',
    status: 'ringing',
    extraFields: { ApplicationSid: application.sid, ...parameters },
  })
  reportProgress(voice, call)
  runVoiceUrl(voice, call, application)
  return call
}

/** `app:AP…?a=b`: the application's SID, and `Param_a`. */
export function readApplicationAddress(address: string) {
  const [sid = '', query] = address.slice('app:'.length).split('?')
  const parameters: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(query)) parameters[`Param_${name}`] = value
  return { applicationSid: sid, parameters }
}

/** A call handed to a TwiML application, as `<Dial><Application>` does. */
export function runVoiceUrl(voice: VoiceContext, call: Call, settings: VoiceSettings): void {
  if (settings.voiceUrl === '') {
    voice.alert(call, 11100, `${call.to} has no voice URL`)
    call.hangUp('failed')
    return
  }
  const { voiceUrl: url, voiceMethod: method } = settings
  startProgram(voice, call, { kind: 'url', url, method })
}

/** Fallback and status callback of a number or an application, as a leg's options. */
export function settingsOf(settings: VoiceSettings | TwimlApplication) {
  const { voiceFallbackUrl, voiceFallbackMethod, statusCallback, statusCallbackMethod } = settings
  return {
    fallback: voiceFallbackUrl ? { url: voiceFallbackUrl, method: voiceFallbackMethod } : undefined,
    progress: statusCallback
      ? { url: statusCallback, method: statusCallbackMethod, events: ['completed'] }
      : undefined,
  }
}
