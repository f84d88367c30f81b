import { badRequest } from '../../rest/refusal.ts'
import { type Answer, ok, type Call as Request } from '../../rest/route.ts'
import type { Call } from '../call/call.ts'
import { startProgram } from '../call/program.ts'
import type { VoiceContext } from '../voice-context.ts'
import { callBody } from './call-body.ts'
import { voiceCodes } from './codes.ts'
import { fallbackParameter, inlineParameter, secondsParameter } from './create-call.ts'
import { callbackParameter, methodParameter, urlParameter } from './form.ts'

/** POST `Calls/{CA}.json`: sends a live call to another document, or hangs it up. */
export function updateCall(voice: VoiceContext, call: Call, { form }: Request): Answer {
  const url = urlParameter(form, 'Url', voiceCodes.urlInvalid)
  const inline = inlineParameter(form)
  const status = form.oneOf('Status', ['completed', 'canceled'] as const)
  const timeLimit = secondsParameter(form, 'TimeLimit', voiceCodes.invalidParameter)
  if (url !== null && inline) throw badRequest('Url and Twiml exclude each other')
  if (call.end) throw notInProgress()
  if (status === 'canceled') cancel(call)
  if (status === 'completed') hangUp(call)
  if (url !== null || inline) {
    if (call.status !== 'in-progress') throw notInProgress()
    // A status callback alone is ignored: it comes with the document.
    call.progress = callbackParameter(form, 'StatusCallback', ['completed']) ?? call.progress
    call.fallback = fallbackParameter(form) ?? call.fallback
    const method = methodParameter(form, 'Method', 'POST')
    const source = inline ?? ({ kind: 'url', url: url ?? '', method } as const)
    call.tell('call.redirected', `${call.who} is sent to ${url ?? 'inline TwiML'}`)
    startProgram(voice, call, source)
  }
  if (timeLimit !== undefined) call.limit.set(timeLimit)
  return ok(callBody(call, voice.accountSid))
}

function notInProgress() {
  return badRequest('Call is not in-progress. Cannot redirect.', voiceCodes.notInProgress)
}

function hangUp(call: Call): void {
  call.hangUp(call.status === 'in-progress' ? 'completed' : 'canceled')
}

// An answered call is left alone.
function cancel(call: Call): void {
  if (call.status !== 'in-progress') call.hangUp('canceled')
}
