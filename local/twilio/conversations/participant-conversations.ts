import { pageV1 } from '../rest/paging.ts'
import { badRequest } from '../rest/refusal.ts'
import type { Call } from '../rest/route.ts'
import {
  addressOf,
  type ConversationRow,
  type ConversationRows,
  conversationBody,
  type Finder,
  type ParticipantRow,
} from './conversation.ts'
import { bindingBody } from './participants.ts'

/** `/ParticipantConversations`: the conversations that somebody takes part in, by identity or by phone number. */
export function createParticipantConversations(
  accountSid: string,
  rows: ConversationRows,
  finder: Finder,
) {
  return (call: Call) => {
    const { query } = call
    const [identity, address] = [query.text('Identity'), query.text('Address')]
    if (!identity && !address) throw badRequest('Identity or Address is required')
    const serviceSid = finder.serviceSid(call)
    const isMeant = (one: ParticipantRow) =>
      (!identity || one.identity === identity) && (!address || one.binding?.address === address)
    const found = [...rows.values()]
      .filter((row) => row.serviceSid === serviceSid)
      .flatMap((conversation) =>
        conversation.participants
          .filter(isMeant)
          .map((participant) => ({ sid: participant.sid, conversation, participant })),
      )
    return pageV1(call, 'conversations', found, ({ conversation, participant }) =>
      body(call, accountSid, conversation, participant),
    )
  }
}

function body(call: Call, accountSid: string, row: ConversationRow, participant: ParticipantRow) {
  const conversation = conversationBody(call, row, accountSid)
  const url = addressOf(call, row)
  return {
    account_sid: accountSid,
    chat_service_sid: row.serviceSid,
    participant_sid: participant.sid,
    participant_user_sid: null,
    participant_identity: participant.identity,
    participant_messaging_binding: bindingBody(participant),
    conversation_sid: row.sid,
    conversation_unique_name: conversation.unique_name,
    conversation_friendly_name: conversation.friendly_name,
    conversation_attributes: conversation.attributes,
    conversation_date_created: conversation.date_created,
    conversation_date_updated: conversation.date_updated,
    conversation_created_by: 'system',
    conversation_state: conversation.state,
    conversation_timers: conversation.timers,
    links: { participant: `${url}/Participants/${participant.sid}`, conversation: url },
  }
}
