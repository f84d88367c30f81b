import type { Arrival, Outcome, Step, Values, Widget } from '../execution/widget.ts'
import { conversationOf, sendOutbound } from './outbound-message.ts'

const STANDARD_SECONDS = 3_600
// FlowEvent of what is told of the message on its way.
const STATUS = 'messageStatus'

/** Writes to the contact and waits for what they write back, or until the message turns out undeliverable. */
export const sendAndWaitForReply: Widget = {
  async start(step) {
    const statusCallback = conversationOf(step) ? undefined : step.callbackUrl(STATUS)
    const { isSent, outbound } = await sendOutbound(step, step.execution.contact, statusCallback)
    if (!isSent) return { kind: 'exit', event: 'deliveryFailure', outputs: { outbound } }
    const seconds = step.integer('timeout') ?? STANDARD_SECONDS
    return { kind: 'wait', seconds, memory: outbound }
  },
  resume(step, arrival) {
    switch (arrival.kind) {
      case 'message':
        return replied(step, arrival)
      case 'timeout':
        return { kind: 'exit', event: 'timeout', outputs: { outbound: step.memory } }
      case 'callback':
        return arrival.event === STATUS ? hearOfDelivery(step, arrival.fields) : undefined
      default:
        return undefined
    }
  },
}

function replied(step: Step, { source, fields }: Arrival & { kind: 'message' }): Outcome {
  const name = step.text('save_response_as')
  return {
    kind: 'exit',
    event: 'incomingMessage',
    outputs: { inbound: fields, outbound: step.memory },
    ...(name && { variables: { [name]: fields['Body'] ?? '' } }),
    // The authoring guide reads a reply there, real flows read `inbound`: both work.
    ...(source === 'conversation' && { trigger: { conversation: fields } }),
  }
}

function hearOfDelivery(step: Step, fields: Values): Outcome {
  const { MessageStatus: status, ErrorCode: code } = fields
  const { memory } = step
  if (status !== 'failed' && status !== 'undelivered') return { kind: 'wait', memory }
  step.alert(81011, `the message was not delivered: ${code}`)
  const outbound = { ...(memory as Values), Status: status, ErrorCode: code }
  return { kind: 'exit', event: 'deliveryFailure', outputs: { outbound } }
}
