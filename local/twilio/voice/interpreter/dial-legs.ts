import { createBridge, holdGuest } from '../call/bridge.ts'
import type { Call } from '../call/call.ts'
import { detectInBackground } from '../call/machine-detection.ts'
import { type Recording, recordingFields } from '../recording/index.ts'
import { Interrupted, type Scope } from '../scope.ts'
import type { Dial, DialLeg } from '../twiml/index.ts'
import { absoluteTarget } from './address.ts'
import { requestActionOnly } from './afterwards.ts'
import { afterDial } from './dial-result.ts'
import { type Answered, ringLegs, type Unanswered } from './dial-ring.ts'
import type { Frame, Step } from './frame.ts'
import { playDigits } from './prompts.ts'

/** `<Dial>` to numbers, clients and SIP addresses: at once, or one after the other, until one answers and is connected. */
export async function dialLegs(verb: Dial, legs: readonly DialLeg[], frame: Frame): Promise<Step> {
  const { call } = frame
  call.doing = `Dial ${legs.map(({ address }) => address).join(', ')}`
  let recording = verb.record === 'from-ringing' ? startRecording(verb, frame) : null
  let child: Call | null = null
  let bridged = false
  let fields: Record<string, string> = { DialCallStatus: 'no-answer', DialBridged: 'false' }
  try {
    const result = await ringLegs(verb, legs, frame)
    if ('status' in result) fields = unanswered(result)
    else {
      child = result.child
      const scope = child.occupy()
      if (await admitted(result, scope, frame)) {
        bridged = true
        if (verb.record === 'from-answer') recording = startRecording(verb, frame)
        await talk(verb, result, scope, frame)
      }
      if (scope.cause !== 'redirected') child.hangUp('completed')
      fields = answered(child, scope.cause === 'redirected', bridged)
    }
    recording?.stop()
    return afterDial(verb, frame, { ...fields, ...(recording ? recordingFields(recording) : {}) })
  } catch (error) {
    recording?.stop()
    child?.hangUp('completed')
    if (error instanceof Interrupted && error.reason !== 'stopped') {
      if (child) fields = answered(child, false, bridged)
      requestActionOnly(frame, verb.action, verb.method, fields)
    }
    throw error
  }
}

/** Lets the called party listen to the screening document first; false when it declined. */
async function admitted({ leg, child }: Answered, scope: Scope, frame: Frame): Promise<boolean> {
  const { voice } = frame
  if (leg.machineDetection) {
    const callback = absoluteTarget(frame, leg.machineCallback)
    detectInBackground(voice, child, leg.machineDetection, callback)
  }
  if (leg.sendDigits) {
    await frame.scope.race(
      playDigits(leg.sendDigits, { call: child, scope, stage: 'screening', voice }),
    )
  }
  const screening = absoluteTarget(frame, leg.screening)
  if (!screening) return true
  child.tell('call.screened', `${child.to} answered and is screened`)
  const source = { kind: 'url', ...screening } as const
  const run = voice.perform(source, { call: child, scope, stage: 'screening' })
  // The called party may hang up meanwhile: that too is a refusal.
  const outcome = await frame.scope.race(
    run.catch((error: unknown) => {
      if (error instanceof Interrupted) return 'hang-up' as const
      throw error
    }),
  )
  return outcome === 'end'
}

/** Until one of the two hangs up or is sent elsewhere, or the caller presses `*`. */
async function talk(
  verb: Dial,
  { child }: Answered,
  childScope: Scope,
  { call, scope }: Frame,
): Promise<void> {
  call.answer()
  call.doing = `bridged with ${child.to}`
  child.doing = `bridged with ${call.from}`
  call.tell('call.bridged', `${child.to} answered, talking to ${call.from}`)
  const bridge = createBridge()
  void holdGuest(bridge, child, childScope)
  await scope.part<void>(async (part, stop) => {
    const off = call.keys.on((key) => {
      if (verb.hangupOnStar && key === '*') stop()
    })
    try {
      await bridge.hold(part)
    } finally {
      off()
    }
  })
}

function unanswered({ status, callSid }: Unanswered): Record<string, string> {
  return {
    DialCallStatus: status,
    DialBridged: 'false',
    ...(callSid === null ? {} : { DialCallSid: callSid }),
  }
}

function answered(child: Call, redirected: boolean, bridged: boolean): Record<string, string> {
  const ms = (child.endedAt ?? 0) - (child.answeredAt ?? 0)
  return {
    DialCallStatus: 'completed',
    DialCallSid: child.sid,
    DialBridged: String(bridged),
    ...(redirected ? {} : { DialCallDuration: String(Math.round(ms / 1_000)) }),
  }
}

function startRecording(verb: Dial, frame: Frame): Recording {
  return frame.voice.recordings.start({
    call: frame.call,
    source: 'DialVerb',
    channels: verb.recordingChannels === 'dual' ? 2 : 1,
    callback: absoluteTarget(frame, verb.recordingCallback),
  })
}
