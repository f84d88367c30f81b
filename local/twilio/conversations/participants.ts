import { isoDates } from '../objects/stored.ts'
import type { Parameters } from '../rest/parameters.ts'
import { badRequest, conflict, notImplemented } from '../rest/refusal.ts'
import { type Call, created } from '../rest/route.ts'
import {
  addressOf,
  type ConversationRow,
  type ParticipantRow,
  refuseClosed,
} from './conversation.ts'
import { howOf, participantFields } from './conversation-news.ts'
import { createParts, type Surroundings } from './conversation-parts.ts'
import { readAttributes } from './conversation-resources.ts'

/** The numbers that a text conversation can be held from. */
export type ProxyNumbers = {
  hasNumber(phoneNumber: string): boolean
  /** The number that a messaging service writes from to that contact. */
  senderOf(serviceSid: string, contact: string): string | undefined
}

const codes = { badAddress: 50407, sameAddress: 50409, pairInUse: 50416, known: 50433 } as const

/** `/Conversations/{ConversationSid}/Participants`; `{Sid}` may be the identity. */
export function createParticipants(surroundings: Surroundings, numbers: ProxyNumbers) {
  const { context, life, finder, consent } = surroundings
  const body = (call: Call, conversation: ConversationRow, row: ParticipantRow) => ({
    sid: row.sid,
    account_sid: context.accountSid,
    ...(call.path['ChatServiceSid'] && { chat_service_sid: conversation.serviceSid }),
    conversation_sid: conversation.sid,
    identity: row.identity,
    attributes: row.attributes,
    messaging_binding: bindingBody(row),
    role_sid: row.roleSid,
    last_read_message_index: row.lastReadMessageIndex ?? null,
    last_read_timestamp: row.lastReadTimestamp ?? null,
    ...isoDates(row),
    url: `${addressOf(call, conversation)}/Participants/${row.sid}`,
  })
  return {
    ...createParts<ParticipantRow>(surroundings, {
      key: 'participants',
      of: ({ participants }) => participants,
      put: (participants) => ({ participants }),
      body,
      isNamed: ({ identity }, name) => identity === name,
      change,
      events: {
        update: ['onParticipantUpdate', 'onParticipantUpdated'],
        remove: ['onParticipantRemove', 'onParticipantRemoved'],
        fields: participantFields,
      },
    }),
    async create(call: Call) {
      const how = howOf(call)
      const { conversation, settings } = readNew(call)
      await consent(conversation, 'onParticipantAdd', how, participantFields(settings))
      // The other one may have come while somebody was asked.
      const now = readNew(call)
      const row = life.join(now.conversation, now.settings, how)
      return created(body(call, now.conversation, row))
    },
  }

  function readNew(call: Call) {
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
    const attributes = readAttributes(form) ?? '{}'
    const settings = { identity, binding, attributes, roleSid: form.text('RoleSid') || null }
    return { conversation, settings }
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

function change({ form }: Call, row: ParticipantRow): ParticipantRow {
  for (const name of ['Identity', 'MessagingBinding.ProxyAddress']) {
    if (form.text(name)) throw notImplemented(`Another ${name} of a participant`)
  }
  return {
    ...row,
    attributes: readAttributes(form) ?? row.attributes,
    roleSid: form.text('RoleSid') || row.roleSid,
    lastReadMessageIndex:
      form.integer('LastReadMessageIndex', { min: 0 }) ?? row.lastReadMessageIndex,
    lastReadTimestamp: form.text('LastReadTimestamp') || row.lastReadTimestamp,
  }
}

/** The phone of somebody who takes part by text messages. */
export function bindingBody({ binding }: ParticipantRow) {
  return binding && { type: 'sms', address: binding.address, proxy_address: binding.proxyAddress }
}
