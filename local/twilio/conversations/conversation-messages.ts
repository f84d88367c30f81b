import type { Rendered } from '../content/index.ts'
import type { Context } from '../context.ts'
import { pageV1 } from '../paging.ts'
import { badRequest } from '../refusal.ts'
import { type Call, created, noContent, ok, pathPart } from '../route.ts'
import { isoDates, missing } from '../stored.ts'
import { limitText } from '../text-limit.ts'
import {
  addressOf,
  type ConversationMessageRow,
  type ConversationRow,
  type Finder,
  refuseClosed,
} from './conversation.ts'
import type { ConversationLife } from './conversation-life.ts'
import { isQuiet, readAttributes } from './conversation-resources.ts'

const LONGEST_BODY = 1_600

/** `/Conversations/{ConversationSid}/Messages`: texts only, no media. */
export function createConversationMessages(
  { accountSid, clock }: Context,
  life: ConversationLife,
  finder: Finder,
  render: (contentSid: string, variables: string) => Rendered,
) {
  const bodyOf = (call: Call, conversation: ConversationRow) => (row: ConversationMessageRow) => {
    const url = `${addressOf(call, conversation)}/Messages/${row.sid}`
    return {
      sid: row.sid,
      account_sid: accountSid,
      ...(call.path['ChatServiceSid'] && { chat_service_sid: conversation.serviceSid }),
      conversation_sid: conversation.sid,
      index: row.index,
      author: row.author,
      body: row.body,
      media: null,
      attributes: row.attributes,
      participant_sid: row.participantSid,
      content_sid: null,
      delivery: null,
      ...isoDates(row),
      url,
      links: { delivery_receipts: `${url}/Receipts`, channel_metadata: `${url}/ChannelMetadata` },
    }
  }
  function found(call: Call, { messages }: ConversationRow): ConversationMessageRow {
    const row = messages.find(({ sid }) => sid === pathPart(call, 'Sid'))
    if (!row) throw missing(call)
    return row
  }
  return {
    list(call: Call) {
      const conversation = finder.conversation(call)
      const { messages } = conversation
      const isReversed = call.query.oneOf('Order', ['asc', 'desc']) === 'desc'
      const ordered = isReversed ? [...messages].reverse() : messages
      return pageV1(call, 'messages', ordered, bodyOf(call, conversation))
    },
    create(call: Call) {
      const conversation = finder.conversation(call)
      refuseClosed(conversation)
      const { form } = call
      if (form.text('MediaSid')) {
        throw badRequest('MediaSid: the local Twilio keeps only texts in conversations')
      }
      const contentSid = form.text('ContentSid')
      const content = contentSid && render(contentSid, form.text('ContentVariables') ?? '')
      const body = content ? content.body : form.required('Body')
      const author = form.text('Author') || 'system'
      const words = {
        author,
        body: limitText('Body', body, LONGEST_BODY),
        attributes: readAttributes(form) ?? '{}',
        participantSid: writerOf(conversation, author),
      }
      const row = life.say(conversation, words, 'API', isQuiet(call))
      return created(bodyOf(call, conversation)(row))
    },
    fetch(call: Call) {
      const conversation = finder.conversation(call)
      return ok(bodyOf(call, conversation)(found(call, conversation)))
    },
    update(call: Call) {
      const conversation = finder.conversation(call)
      const before = found(call, conversation)
      const { form } = call
      const row = {
        ...before,
        author: form.text('Author') || before.author,
        body: limitText('Body', form.text('Body') ?? before.body, LONGEST_BODY),
        attributes: readAttributes(form) ?? before.attributes,
        dateUpdated: clock.now(),
      }
      const messages = conversation.messages.map((one) => (one === before ? row : one))
      life.change(conversation, { messages })
      return ok(bodyOf(call, conversation)(row))
    },
    remove(call: Call) {
      const conversation = finder.conversation(call)
      const gone = found(call, conversation)
      const messages = conversation.messages.filter((one) => one !== gone)
      life.change(conversation, { messages })
      return noContent
    },
  }
}

function writerOf({ participants }: ConversationRow, author: string): string | null {
  const writer = participants.find(
    ({ identity, binding }) => identity === author || binding?.address === author,
  )
  return writer?.sid ?? null
}
