import type { Call, EndStatus } from '../call/call.ts'
import { placeCall, RING_BUFFER_SECONDS } from '../call/outbound.ts'
import { Interrupted, type Scope } from '../scope.ts'
import type { Dial, DialLeg } from '../twiml/index.ts'
import { absoluteTarget } from './address.ts'
import { callerIdFor } from './caller-id.ts'
import type { Frame } from './frame.ts'

/** The leg that was answered first. */
export type Answered = { readonly leg: DialLeg; readonly child: Call }
/** Nobody answered: how the legs ended, and which was the last. */
export type Unanswered = {
  readonly status: Exclude<EndStatus, 'completed'>
  readonly callSid: string | null
}

/** Rings all at once, or each for the full timeout in the document's order. */
export async function ringLegs(
  verb: Dial,
  legs: readonly DialLeg[],
  frame: Frame,
): Promise<Answered | Unanswered> {
  if (!verb.sequential) return ringTogether(verb, legs, frame, frame.scope)
  let result: Answered | Unanswered = { status: 'failed', callSid: null }
  for (const leg of legs) {
    result = await ringTogether(verb, [leg], frame, frame.scope)
    if ('child' in result) return result
  }
  return result
}

async function ringTogether(
  verb: Dial,
  legs: readonly DialLeg[],
  frame: Frame,
  scope: Scope,
): Promise<Answered | Unanswered> {
  const ringing = legs.flatMap((leg) => {
    const child = place(verb, leg, frame)
    return child ? [{ leg, child }] : []
  })
  if (ringing.length === 0) return { status: 'failed', callSid: null }
  try {
    return await scope.wait<Answered | Unanswered>((done) => {
      const statuses: EndStatus[] = []
      const off = ringing.flatMap(({ leg, child }) => [
        child.answered.on(() => {
          cancelOthers(ringing, child)
          done({ leg, child })
        }),
        child.ended.on(({ status }) => {
          statuses.push(status)
          if (statuses.length === ringing.length) {
            done({ status: summary(statuses), callSid: child.sid })
          }
        }),
      ])
      return () => {
        for (const stop of off) stop()
      }
    })
  } catch (error) {
    if (error instanceof Interrupted) cancelOthers(ringing, null)
    throw error
  }
}

function cancelOthers(ringing: readonly Answered[], winner: Call | null): void {
  for (const { child } of ringing) {
    if (child !== winner) child.hangUp('canceled')
  }
}

function place(verb: Dial, leg: DialLeg, frame: Frame): Call | null {
  const { call, voice } = frame
  const callerId = callerIdFor(verb, leg, frame)
  if ('code' in callerId) {
    voice.alert(call, callerId.code, callerId.text)
    return null
  }
  return placeCall(voice, {
    from: callerId.from,
    to: leg.address,
    direction: 'outbound-dial',
    parent: call,
    timeoutSeconds: verb.timeoutSeconds + RING_BUFFER_SECONDS,
    timeLimitSeconds: verb.timeLimitSeconds,
    progress: absoluteTarget(frame, leg.progress) ?? undefined,
    extraFields: leg.parameters,
  })
}

// Which status stands for several legs is not documented: the most hopeful one is taken.
function summary(statuses: readonly EndStatus[]): Unanswered['status'] {
  for (const status of ['no-answer', 'busy', 'failed'] as const) {
    if (statuses.includes(status)) return status
  }
  return 'canceled'
}
