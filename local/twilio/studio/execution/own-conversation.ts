import { TwilioRefusal } from '../../rest/refusal.ts'
import type { Execution } from './execution.ts'
import type { Surroundings } from './surroundings.ts'

/** Closes the conversation that an execution has started, when that is to end with it. */
export function closeOwnConversation(
  { conversationSid, closesConversation, channel }: Execution,
  { context, ports }: Pick<Surroundings, 'context' | 'ports'>,
): void {
  if (!closesConversation || conversationSid === null) return
  const service = `https://conversations.twilio.com/v1/Services/${channel['chat_service_sid']}`
  const address = `${service}/Conversations/${conversationSid}`
  const closing = ports.api('POST', address, { State: 'closed' })
  // One that somebody has removed meanwhile needs no closing.
  void context.clock.track(
    closing.catch((error: unknown) => {
      if (!(error instanceof TwilioRefusal)) throw error
    }),
  )
}
