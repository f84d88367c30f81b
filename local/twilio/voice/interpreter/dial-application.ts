import { runVoiceUrl, settingsOf } from '../call/inbound.ts'
import { reportProgress } from '../call/status-callbacks.ts'
import { Interrupted } from '../scope.ts'
import type { Dial, DialApplication } from '../twiml/index.ts'
import { absoluteTarget } from './address.ts'
import { requestActionOnly } from './afterwards.ts'
import { afterDial } from './dial-result.ts'
import type { Frame, Step } from './frame.ts'

/** `<Dial><Application>`: the caller talks to what another TwiML application says, until that hangs up. */
export async function dialApplication(
  verb: Dial,
  noun: DialApplication,
  frame: Frame,
): Promise<Step> {
  const { call, voice, scope } = frame
  const application = voice.numbers.application(noun.applicationSid)
  if (!application) {
    voice.alert(call, 13224, `<Application> '${noun.applicationSid}' does not exist`)
    return afterDial(verb, frame, { DialCallStatus: 'failed', DialBridged: 'false' })
  }
  const settings = settingsOf(application)
  const child = voice.calls.add({
    from: verb.callerId ?? call.from,
    to: noun.copyParentTo ? call.to : application.sid,
    direction: 'inbound',
    status: 'ringing',
    parent: call,
    fallback: settings.fallback,
    progress: absoluteTarget(frame, noun.progress) ?? settings.progress,
    extraFields: { ApplicationSid: application.sid, ...prefixed(noun.parameters) },
  })
  reportProgress(voice, child)
  child.limit.set(verb.timeLimitSeconds)
  call.doing = `Dial application ${application.friendlyName}`
  const ended = scope.wait<void>((done) => {
    const off = [
      child.answered.on(() => call.answer()),
      child.ended.on(() => done()),
      // What the caller presses is heard by the application.
      call.keys.on((key) => child.press(key)),
    ]
    return () => {
      for (const stop of off) stop()
    }
  })
  runVoiceUrl(voice, child, application)
  const fields = () => ({
    DialCallStatus: child.end?.status ?? 'completed',
    DialCallSid: child.sid,
    DialBridged: String(child.answeredAt !== null),
    DialCallDuration: String(
      Math.round(((child.endedAt ?? 0) - (child.answeredAt ?? child.endedAt ?? 0)) / 1_000),
    ),
  })
  try {
    await ended
    return afterDial(verb, frame, fields())
  } catch (error) {
    child.hangUp(child.answeredAt === null ? 'canceled' : 'completed')
    if (error instanceof Interrupted && error.reason !== 'stopped') {
      requestActionOnly(frame, verb.action, verb.method, fields())
    }
    throw error
  }
}

function prefixed(parameters: Readonly<{ [name: string]: string }>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [`Param_${name}`, value]),
  )
}
