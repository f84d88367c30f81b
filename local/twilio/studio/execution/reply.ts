import { TwilioRefusal } from '../../rest/refusal.ts'
import { flowAddress } from './addresses.ts'
import type { Execution } from './execution.ts'
import type { Surroundings } from './surroundings.ts'

/** A webhook of a call or a message that waits for its TwiML. */
export type Answering = {
  readonly to: 'call' | 'message'
  send(document: string): void
}

/** What an execution says to its call, or to the webhook of a message, when it has something to say. */
export interface Reply {
  /** A webhook waits for an answer from now on; one that waited before gets none. */
  expect(answering: Answering): void
  /** Answers these verbs; a call that waits in silence is fetched back for them. False: there is nobody to hear. */
  say(verbs: string): boolean
  /** Nothing for now: a call hears silence until there is something to say. */
  hold(): void
  /** Nothing more: a call that waits for an answer, or in silence, is hung up. */
  end(): void
  /** What a call that was fetched back gets. */
  readonly document: string
}

/** FlowEvent of the request that a call makes when it was fetched back out of silence. */
export const CONTINUE = 'continue'

/** The document with these verbs. */
export function twimlDocument(verbs: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs}</Response>`
}

// Silence, after something that answers the call. A call lasts four hours at most.
const SILENCE = '<Play digits="w"/><Pause length="14400"/>'

/** Nobody waits yet. */
export function createReply(
  execution: Execution,
  { context, ports }: Pick<Surroundings, 'context' | 'ports'>,
): Reply {
  let answering: Answering | null = null
  let isParked = false
  let document = twimlDocument('')
  const calls = `https://api.twilio.com/2010-04-01/Accounts/${context.accountSid}/Calls`
  const answer = (verbs: string) => {
    document = twimlDocument(verbs)
    const { send } = answering ?? {}
    answering = null
    send?.(document)
  }
  // A call that has ended meanwhile is told of by itself.
  const update = (form: Record<string, string>) => {
    const sending = ports.api('POST', `${calls}/${execution.callSid}.json`, form)
    void context.clock.track(
      sending.catch((error: unknown) => {
        if (!(error instanceof TwilioRefusal)) throw error
      }),
    )
  }
  const hasCall = () => execution.callSid !== null && !execution.callIsOver
  return {
    expect(next) {
      if (answering) answer('')
      answering = next
      if (next.to === 'call') isParked = false
    },
    say(verbs) {
      const wanted = execution.callSid === null ? 'message' : 'call'
      if (answering?.to === wanted) {
        answer(verbs)
        return true
      }
      if (!hasCall()) return false
      if (answering) answer('')
      document = twimlDocument(verbs)
      isParked = false
      const address = flowAddress(context.accountSid, execution.flowSid)
      const stepSid = execution.frames.at(-1)?.stepSid ?? ''
      const query = { FlowEvent: CONTINUE, ExecutionSid: execution.sid, StepSid: stepSid }
      update({ Url: `${address}?${new URLSearchParams(query)}` })
      return true
    },
    hold() {
      if (!answering) return
      isParked = answering.to === 'call' && hasCall()
      answer(isParked ? SILENCE : '')
    },
    end() {
      answer('')
      if (isParked && hasCall()) update({ Status: 'completed' })
      isParked = false
    },
    get document() {
      return document
    },
  }
}
