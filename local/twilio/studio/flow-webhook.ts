import type { Alerts } from '../alerts.ts'
import { codes, TwilioRefusal } from '../rest/refusal.ts'
import {
  type CallTriggerOptions,
  receiveCallback,
  receiveCallRequest,
} from './triggers/call-trigger.ts'
import { receiveMessage } from './triggers/message-trigger.ts'

/**
 * Answers a request at the webhook of a flow with TwiML; undefined: there is no such flow, or none that is published. Throws a
 * `TwilioRefusal`, of which the debugger hears too, when more executions would begin than may.
 */
export type FlowWebhook = (
  flowSid: string,
  fields: Readonly<Record<string, string>>,
) => Promise<string> | undefined

/** The webhook of the account's flows, for calls, messages and what widgets wait for. */
export function createFlowWebhook(
  options: CallTriggerOptions & { readonly alerts: Alerts },
): FlowWebhook {
  return (flowSid, fields) => {
    const { promise, resolve } = Promise.withResolvers<string>()
    const isCall = fields['CallSid'] !== undefined
    const request = {
      flowSid,
      fields,
      answering: { to: isCall ? 'call' : 'message', send: resolve },
    } as const
    if (fields['FlowEvent'] !== undefined) {
      receiveCallback(request, options)
      return promise
    }
    const receive = isCall ? receiveCallRequest : receiveMessage
    try {
      return receive(request, options) ? promise : undefined
    } catch (error) {
      if (error instanceof TwilioRefusal && error.code === codes.tooManyRequests) {
        options.alerts.add(error.code, `flow ${flowSid}: ${error.message}`)
      }
      throw error
    }
  }
}
