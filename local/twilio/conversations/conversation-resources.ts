import { isoDate } from '../rest/date.ts'
import { pageV1 } from '../rest/paging.ts'
import type { Parameters } from '../rest/parameters.ts'
import { badRequest, conflict } from '../rest/refusal.ts'
import { type Call, created, noContent, ok } from '../rest/route.ts'
import { limitText } from '../rest/text-limit.ts'
import type { Changes } from './consent.ts'
import { type ConversationRow, type ConversationRows, conversationBody } from './conversation.ts'
import { conversationFields, howOf } from './conversation-news.ts'
import type { Surroundings } from './conversation-parts.ts'
import { durationSeconds } from './duration.ts'

const states = ['active', 'inactive', 'closed'] as const
const LEAST_INACTIVE_SECONDS = 60
const LEAST_CLOSED_SECONDS = 600

/** `/Conversations`, of the default service or of the one that the path names; `{Sid}` may be the unique name. */
export function createConversationResources(
  { context, life, finder, consent, tell }: Surroundings,
  rows: ConversationRows,
  defaultMessagingServiceSid: () => string | null,
) {
  const { accountSid, clock } = context
  const body = (call: Call) => (row: ConversationRow) => conversationBody(call, row, accountSid)

  function readNew(call: Call) {
    const serviceSid = finder.serviceSid(call)
    const { form } = call
    return {
      friendlyName: null,
      attributes: '{}',
      state: 'active' as const,
      ...readSettings(form),
      serviceSid,
      uniqueName: readUniqueName(form, rows, serviceSid) ?? null,
      messagingServiceSid: form.text('MessagingServiceSid') || defaultMessagingServiceSid(),
    }
  }

  function readChanges({ form }: Call, row: ConversationRow): ConversationRow {
    const state = form.oneOf('State', states)
    if (row.state === 'closed' && state && state !== 'closed') {
      throw badRequest(`Conversation ${row.sid} is closed: it cannot become ${state} again`)
    }
    const uniqueName = readUniqueName(form, rows, row.serviceSid, row.sid)
    const messagingServiceSid = form.text('MessagingServiceSid')
    return {
      ...row,
      ...readSettings(form),
      ...(uniqueName !== undefined && { uniqueName }),
      ...(messagingServiceSid && { messagingServiceSid }),
    }
  }

  return {
    list(call: Call) {
      const serviceSid = finder.serviceSid(call)
      const state = call.query.oneOf('State', states)
      const newestFirst = [...rows.values()]
        .filter((row) => row.serviceSid === serviceSid && (!state || row.state === state))
        .reverse()
      return pageV1(call, 'conversations', newestFirst, body(call))
    },
    async create(call: Call) {
      const how = howOf(call)
      const draft = readNew(call)
      const changes = await consent(draft, 'onConversationAdd', how, conversationFields(draft))
      // The name may have been taken while somebody was asked.
      return created(body(call)(life.open({ ...readNew(call), ...named(changes) }, how)))
    },
    fetch: (call: Call) => ok(body(call)(finder.conversation(call, 'Sid'))),
    async update(call: Call) {
      const how = howOf(call)
      const draft = readChanges(call, finder.conversation(call, 'Sid'))
      const changes = await consent(draft, 'onConversationUpdate', how, conversationFields(draft))
      const row = finder.conversation(call, 'Sid')
      const next = life.change(row, { ...readChanges(call, row), ...named(changes) }, how)
      tell(next, 'onConversationUpdated', how, conversationFields(next))
      return ok(body(call)(next))
    },
    async remove(call: Call) {
      const how = howOf(call)
      const before = finder.conversation(call, 'Sid')
      await consent(before, 'onConversationRemove', how, conversationFields(before))
      const row = finder.conversation(call, 'Sid')
      life.delete(row)
      const removed = { DateRemoved: isoDate(clock.now()) }
      tell(row, 'onConversationRemoved', how, { ...conversationFields(row), ...removed })
      return noContent
    },
  }
}

/** The one thing that a pre-event webhook may change of a conversation. */
function named(changes: Changes): Partial<ConversationRow> {
  const name = changes['friendly_name']
  return name === undefined ? {} : { friendlyName: limitText('friendly_name', name, 256) || null }
}

/** JSON text of that parameter; undefined when it was not sent. */
export function readAttributes(form: Parameters): string | undefined {
  const text = form.text('Attributes')
  return text === undefined ? undefined : checkAttributes(text)
}

/** Attributes that are JSON text; refuses others. */
export function checkAttributes(text: string): string {
  try {
    JSON.parse(text || '{}')
  } catch {
    throw badRequest(`Attributes is not JSON: ${text.slice(0, 200)}`)
  }
  return text || '{}'
}

function readSettings(form: Parameters): Partial<ConversationRow> {
  const name = form.text('FriendlyName')
  const state = form.oneOf('State', states)
  const attributes = readAttributes(form)
  return {
    ...(name !== undefined && { friendlyName: limitText('FriendlyName', name, 256) || null }),
    ...(attributes !== undefined && { attributes }),
    ...(state && { state }),
    ...readTimer(form, 'Timers.Inactive', 'inactiveAfter', LEAST_INACTIVE_SECONDS),
    ...readTimer(form, 'Timers.Closed', 'closedAfter', LEAST_CLOSED_SECONDS),
  }
}

function readTimer(
  form: Parameters,
  parameter: string,
  field: 'inactiveAfter' | 'closedAfter',
  least: number,
): Partial<ConversationRow> {
  const text = form.text(parameter)
  if (text === undefined) return {}
  if (text === '') return { [field]: null }
  const seconds = durationSeconds(text)
  if (seconds === undefined) throw badRequest(`${parameter} '${text}' is no ISO 8601 duration`)
  if (seconds < least) throw badRequest(`${parameter} ${text} is shorter than ${least} seconds`)
  return { [field]: seconds * 1_000 }
}

function readUniqueName(
  form: Parameters,
  rows: ConversationRows,
  serviceSid: string,
  sid?: string,
): string | null | undefined {
  const name = form.text('UniqueName')
  if (!name) return name === '' ? null : undefined
  const owner = rows.byName(`${serviceSid} ${name}`)
  if (owner && owner.sid !== sid) {
    throw conflict(`Conversation with provided unique name already exists: ${name}`, 50353)
  }
  return name
}
