import type { Rendered } from '../content/index.ts'
import { newMedia } from '../messaging/index.ts'
import { isoDates } from '../objects/stored.ts'
import { type Call, created } from '../rest/route.ts'
import { limitText } from '../rest/text-limit.ts'
import type { Changes } from './consent.ts'
import {
  addressOf,
  type ConversationMessageRow,
  type ConversationRow,
  refuseClosed,
} from './conversation.ts'
import type { Words } from './conversation-life.ts'
import { howOf, messageFields } from './conversation-news.ts'
import { createParts, type Surroundings } from './conversation-parts.ts'
import { checkAttributes, readAttributes } from './conversation-resources.ts'
import { deliverySummary } from './receipts.ts'

const LONGEST_BODY = 1_600

/** `/Conversations/{ConversationSid}/Messages` */
export function createConversationMessages(
  surroundings: Surroundings,
  render: (contentSid: string, variables: string) => Rendered,
) {
  const { context, life, finder, consent } = surroundings
  const body = (call: Call, conversation: ConversationRow, row: ConversationMessageRow) => {
    const url = `${addressOf(call, conversation)}/Messages/${row.sid}`
    return {
      sid: row.sid,
      account_sid: context.accountSid,
      ...(call.path['ChatServiceSid'] && { chat_service_sid: conversation.serviceSid }),
      conversation_sid: conversation.sid,
      index: row.index,
      author: row.author,
      body: row.body,
      media: mediaBody(row),
      attributes: row.attributes,
      participant_sid: row.participantSid,
      content_sid: row.contentSid ?? null,
      delivery: deliverySummary(row),
      ...isoDates(row),
      url,
      links: { delivery_receipts: `${url}/Receipts`, channel_metadata: `${url}/ChannelMetadata` },
    }
  }
  return {
    ...createParts<ConversationMessageRow>(surroundings, {
      key: 'messages',
      of: ({ messages }) => messages,
      put: (messages) => ({ messages }),
      body,
      order: ({ query }, messages) =>
        query.oneOf('Order', ['asc', 'desc']) === 'desc' ? [...messages].reverse() : messages,
      change: ({ form }, row) => ({
        ...row,
        author: form.text('Author') || row.author,
        body: limitText('Body', form.text('Body') ?? row.body, LONGEST_BODY),
        attributes: readAttributes(form) ?? row.attributes,
      }),
      events: {
        update: ['onMessageUpdate', 'onMessageUpdated'],
        remove: ['onMessageRemove', 'onMessageRemoved'],
        fields: messageFields,
        amend: amendWords,
      },
    }),
    async create(call: Call) {
      const how = howOf(call)
      const conversation = finder.conversation(call)
      refuseClosed(conversation)
      const words = readWords(call, conversation)
      const changes = await consent(conversation, 'onMessageAdd', how, messageFields(words))
      // Much may have happened while somebody was asked.
      const now = finder.conversation(call)
      refuseClosed(now)
      const row = life.say(now, amendWords(words, changes), how)
      return created(body(call, now, row))
    },
  }

  function readWords({ form }: Call, conversation: ConversationRow): Words {
    const contentSid = form.text('ContentSid') || null
    const content = contentSid && render(contentSid, form.text('ContentVariables') ?? '')
    const author = form.text('Author') || 'system'
    return {
      author,
      body: limitText('Body', content ? content.body : form.required('Body'), LONGEST_BODY),
      attributes: readAttributes(form) ?? '{}',
      participantSid: writerOf(conversation, author),
      media: (content ? content.mediaUrls : []).map((url) => newMedia(context, url)),
      contentSid,
    }
  }
}

/** Words as a pre-event webhook wants them; refused as if they had been sent so. */
export function amendWords<W extends Words>(words: W, changes: Changes): W {
  return {
    ...words,
    author: changes['author'] ?? words.author,
    body: limitText('body', changes['body'] ?? words.body, LONGEST_BODY),
    attributes: checkAttributes(changes['attributes'] ?? words.attributes),
  }
}

function mediaBody({ media = [] }: ConversationMessageRow) {
  if (media.length === 0) return null
  return media.map(({ sid, contentType }) => ({
    sid,
    content_type: contentType,
    filename: null,
    size: null,
  }))
}

function writerOf({ participants }: ConversationRow, author: string): string | null {
  const writer = participants.find(
    ({ identity, binding }) => identity === author || binding?.address === author,
  )
  return writer?.sid ?? null
}
