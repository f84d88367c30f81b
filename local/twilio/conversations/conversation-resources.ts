import type { Context } from '../context.ts'
import { pageV1 } from '../paging.ts'
import type { Parameters } from '../parameters.ts'
import { badRequest, conflict } from '../refusal.ts'
import { type Call, created, noContent, ok } from '../route.ts'
import { limitText } from '../text-limit.ts'
import {
  type ConversationRow,
  type ConversationRows,
  conversationBody,
  type Finder,
} from './conversation.ts'
import type { ConversationLife } from './conversation-life.ts'
import { durationSeconds } from './duration.ts'

const states = ['active', 'inactive', 'closed'] as const
const LEAST_INACTIVE_SECONDS = 60
const LEAST_CLOSED_SECONDS = 600

/** `/Conversations`, of the default service or of the one that the path names; `{Sid}` may be the unique name. */
export function createConversationResources(
  { accountSid }: Context,
  rows: ConversationRows,
  life: ConversationLife,
  finder: Finder,
  defaultMessagingServiceSid: () => string | null,
) {
  const body = (call: Call) => (row: ConversationRow) => conversationBody(call, row, accountSid)
  return {
    list(call: Call) {
      const serviceSid = finder.serviceSid(call)
      const state = call.query.oneOf('State', states)
      const newestFirst = [...rows.values()]
        .filter((row) => row.serviceSid === serviceSid && (!state || row.state === state))
        .reverse()
      return pageV1(call, 'conversations', newestFirst, body(call))
    },
    create(call: Call) {
      const serviceSid = finder.serviceSid(call)
      const { form } = call
      const uniqueName = readUniqueName(form, rows, serviceSid)
      const row = life.open(
        {
          ...readSettings(form),
          serviceSid,
          uniqueName: uniqueName ?? null,
          messagingServiceSid: form.text('MessagingServiceSid') || defaultMessagingServiceSid(),
        },
        'API',
        isQuiet(call),
      )
      return created(body(call)(row))
    },
    fetch: (call: Call) => ok(body(call)(finder.conversation(call, 'Sid'))),
    update(call: Call) {
      const row = finder.conversation(call, 'Sid')
      const { form } = call
      const state = form.oneOf('State', states)
      if (row.state === 'closed' && state && state !== 'closed') {
        throw badRequest(`Conversation ${row.sid} is closed: it cannot become ${state} again`)
      }
      const uniqueName = readUniqueName(form, rows, row.serviceSid, row.sid)
      const next = life.change(
        row,
        {
          ...readSettings(form),
          ...(uniqueName !== undefined && { uniqueName }),
          ...(form.text('MessagingServiceSid') && {
            messagingServiceSid: form.required('MessagingServiceSid'),
          }),
        },
        isQuiet(call),
      )
      return ok(body(call)(next))
    },
    remove(call: Call) {
      life.delete(finder.conversation(call, 'Sid'))
      return noContent
    },
  }
}

/** What REST does is told only if the call asks for it. */
export function isQuiet({ headers }: Call): boolean {
  return headers.get('x-twilio-webhook-enabled') !== 'true'
}

/** JSON text of that parameter; undefined when it was not sent. */
export function readAttributes(form: Parameters): string | undefined {
  const text = form.text('Attributes')
  if (text === undefined) return undefined
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
