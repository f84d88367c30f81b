import type { Context } from '../context.ts'
import { pageV1 } from '../paging.ts'
import type { Parameters } from '../parameters.ts'
import { badRequest, conflict } from '../refusal.ts'
import { type Call, created, noContent, ok, pathPart } from '../route.ts'
import { isoDates, missing } from '../stored.ts'
import {
  addressOf,
  type ConversationRow,
  type Finder,
  type ParticipantRow,
  refuseClosed,
} from './conversation.ts'
import type { ConversationLife } from './conversation-life.ts'
import { isQuiet, readAttributes } from './conversation-resources.ts'

/** The numbers that a text conversation can be held from. */
export type ProxyNumbers = {
  hasNumber(phoneNumber: string): boolean
  /** The number that a messaging service writes from to that contact. */
  senderOf(serviceSid: string, contact: string): string | undefined
}

const codes = { badAddress: 50407, sameAddress: 50409, pairInUse: 50416, known: 50433 } as const

/** `/Conversations/{ConversationSid}/Participants`; `{Sid}` may be the identity. */
export function createParticipants(
  { accountSid, clock }: Context,
  life: ConversationLife,
  finder: Finder,
  numbers: ProxyNumbers,
) {
  const body = (call: Call, conversation: ConversationRow) => (row: ParticipantRow) => ({
    sid: row.sid,
    account_sid: accountSid,
    ...(call.path['ChatServiceSid'] && { chat_service_sid: conversation.serviceSid }),
    conversation_sid: conversation.sid,
    identity: row.identity,
    attributes: row.attributes,
    messaging_binding: row.binding && {
      type: 'sms',
      address: row.binding.address,
      proxy_address: row.binding.proxyAddress,
    },
    role_sid: row.roleSid,
    last_read_message_index: null,
    last_read_timestamp: null,
    ...isoDates(row),
    url: `${addressOf(call, conversation)}/Participants/${row.sid}`,
  })
  function found(call: Call, { participants }: ConversationRow): ParticipantRow {
    const name = pathPart(call, 'Sid')
    const row = participants.find(({ sid, identity }) => sid === name || identity === name)
    if (!row) throw missing(call)
    return row
  }
  return {
    list(call: Call) {
      const conversation = finder.conversation(call)
      return pageV1(call, 'participants', conversation.participants, body(call, conversation))
    },
    create(call: Call) {
      const conversation = finder.conversation(call)
      refuseClosed(conversation)
      const { form } = call
      const identity = form.text('Identity') || null
      const binding = readBinding(form, conversation)
      if ((identity === null) === (binding === null)) {
        throw badRequest('A participant has either an Identity or a MessagingBinding.Address')
      }
      if (identity && conversation.participants.some((one) => one.identity === identity)) {
        throw conflict(`Participant ${identity} already exists`, codes.known)
      }
      const settings = {
        identity,
        binding,
        attributes: readAttributes(form) ?? '{}',
        roleSid: form.text('RoleSid') || null,
      }
      const row = life.join(conversation, settings, 'API', isQuiet(call))
      return created(body(call, conversation)(row))
    },
    fetch(call: Call) {
      const conversation = finder.conversation(call)
      return ok(body(call, conversation)(found(call, conversation)))
    },
    update(call: Call) {
      const conversation = finder.conversation(call)
      const before = found(call, conversation)
      const row = {
        ...before,
        attributes: readAttributes(call.form) ?? before.attributes,
        roleSid: call.form.text('RoleSid') || before.roleSid,
        dateUpdated: clock.now(),
      }
      const participants = conversation.participants.map((one) => (one === before ? row : one))
      life.change(conversation, { participants })
      return ok(body(call, conversation)(row))
    },
    remove(call: Call) {
      const conversation = finder.conversation(call)
      const gone = found(call, conversation)
      const participants = conversation.participants.filter((one) => one !== gone)
      life.change(conversation, { participants })
      return noContent
    },
  }

  function readBinding(
    form: Parameters,
    { messagingServiceSid }: ConversationRow,
  ): ParticipantRow['binding'] {
    const address = form.text('MessagingBinding.Address')
    if (!address) return null
    if (!/^\+[1-9]\d{6,14}$/.test(address)) {
      throw badRequest(`Invalid messaging binding address: ${address}`, codes.badAddress)
    }
    const proxyAddress =
      form.text('MessagingBinding.ProxyAddress') ||
      (messagingServiceSid && numbers.senderOf(messagingServiceSid, address))
    if (!proxyAddress || !numbers.hasNumber(proxyAddress)) {
      throw badRequest(
        `Invalid messaging binding proxy address: ${proxyAddress || 'none'} is no number of this account`,
        codes.badAddress,
      )
    }
    if (address === proxyAddress) {
      throw badRequest('Address and proxy address can not be the same', codes.sameAddress)
    }
    const other = life.ofPair(address, proxyAddress)
    if (other) {
      throw conflict(
        `A binding for this participant and proxy address already exists in Conversation ${other.sid}`,
        codes.pairInUse,
      )
    }
    return { address, proxyAddress }
  }
}
