import type { Widget } from '../execution/widget.ts'
import { sendOutbound } from './outbound-message.ts'

/** Sends a message and goes on at once: what becomes of it on its way is not waited for. */
export const sendMessage: Widget = {
  async start(step) {
    const to = step.text('to') || step.execution.contact
    const { isSent, outbound } = await sendOutbound(step, to)
    return { kind: 'exit', event: isSent ? 'sent' : 'failed', outputs: { outbound } }
  },
}
