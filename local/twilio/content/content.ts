import { defineSchema, InvalidInput, Type } from '../../../schemas/index.ts'
import type { Context } from '../context.ts'
import { type Collection, createCollection } from '../objects/collection.ts'
import { isoDates, newStored, rowOf, type Stored } from '../objects/stored.ts'
import { isObject, parseJson } from '../rest/json-parameter.ts'
import { pageV1 } from '../rest/paging.ts'
import { badRequest } from '../rest/refusal.ts'
import { resourceRoutes } from '../rest/resource-routes.ts'
import { type Call, created, noContent, ok, type Route } from '../rest/route.ts'

/** A content template as stored (HX…). */
export type ContentRow = Stored & {
  readonly friendlyName: string | null
  readonly language: string
  /** Placeholder → what stands for it when a message says nothing else. */
  readonly variables: Readonly<Record<string, string>>
  /** `twilio/text` and the like → what the type holds. */
  readonly types: Readonly<Record<string, unknown>>
}

/** What outlives a restart. */
export type ContentSnapshot = { readonly templates: readonly ContentRow[] }

/** A template as a text message says it. */
export type Rendered = { readonly body: string; readonly mediaUrls: readonly string[] }

/** Content templates, for text messages; nobody has to approve them here. */
export type Content = {
  readonly routes: readonly Route[]
  /** Fills a template in; `variables` is JSON text. Refuses what is unknown, or has nothing that a text message can say. */
  render(sid: string, variables: string): Rendered
  snapshot(): ContentSnapshot
}

const codes = { unknownContent: 21655, badVariables: 21656 } as const
const BASE = 'https://content.twilio.com/v1/Content'

const newContent = defineSchema(
  'content template',
  Type.Object({
    friendly_name: Type.Optional(Type.String()),
    language: Type.String({ description: 'a language, as en' }),
    variables: Type.Optional(Type.Record(Type.String(), Type.String())),
    types: Type.Record(Type.String(), Type.Object({}, { additionalProperties: true })),
  }),
)

// What a text message can say, richest first.
const textTypes = defineSchema(
  'types of a template for text messages',
  Type.Object({
    'twilio/media': Type.Optional(
      Type.Object({ body: Type.Optional(Type.String()), media: Type.Array(Type.String()) }),
    ),
    'twilio/text': Type.Optional(Type.Object({ body: Type.String() })),
  }),
)

/** The templates of a snapshot, or none. */
export function createContent(context: Context, restored?: ContentSnapshot): Content {
  const rows = createCollection<ContentRow>(undefined, restored?.templates)
  return {
    routes: resourceRoutes('/v1/Content', createTemplates(context, rows)),
    render(sid, variables) {
      const row = rows.get(sid)
      if (!row) throw badRequest(`The ContentSid ${sid} is Invalid`, codes.unknownContent)
      const values = { ...row.variables, ...readVariables(variables) }
      const fill = (text: string) =>
        text.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (written, name: string) => values[name] ?? written)
      const { 'twilio/media': media, 'twilio/text': text } = readTextTypes(row)
      const body = media?.body ?? text?.body
      if (body === undefined && !media) {
        throw badRequest(
          `Content ${sid} has neither twilio/text nor twilio/media: no text message can say it`,
          codes.unknownContent,
        )
      }
      return { body: fill(body ?? ''), mediaUrls: (media?.media ?? []).map(fill) }
    },
    snapshot: () => ({ templates: [...rows.values()] }),
  }
}

/** `/Content` */
function createTemplates(context: Context, rows: Collection<ContentRow>) {
  const body = (row: ContentRow) => ({
    sid: row.sid,
    account_sid: context.accountSid,
    friendly_name: row.friendlyName,
    language: row.language,
    variables: row.variables,
    types: row.types,
    ...isoDates(row),
    url: `${BASE}/${row.sid}`,
    links: {
      approval_create: `${BASE}/${row.sid}/ApprovalRequests/whatsapp`,
      approval_fetch: `${BASE}/${row.sid}/ApprovalRequests`,
    },
  })
  return {
    list: (call: Call) => pageV1(call, 'contents', rows.values(), body),
    create(call: Call) {
      const settings = read(newContent, parseJson('The body', call.body))
      const row = rows.put({
        ...newStored(context, 'HX'),
        friendlyName: settings.friendly_name ?? null,
        language: settings.language,
        variables: settings.variables ?? {},
        types: settings.types,
      })
      readTextTypes(row)
      return created(body(row))
    },
    fetch: (call: Call) => ok(body(rowOf(call, rows))),
    remove(call: Call) {
      rows.delete(rowOf(call, rows).sid)
      return noContent
    },
  }
}

function readTextTypes({ types }: ContentRow) {
  return read(textTypes, types)
}

function read<T>(schema: { parse(value: unknown): T }, value: unknown): T {
  try {
    return schema.parse(value)
  } catch (error) {
    throw error instanceof InvalidInput ? badRequest(error.message) : error
  }
}

function readVariables(text: string): Record<string, string> {
  if (text === '') return {}
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // Refused below, as what is no object.
  }
  if (!isObject(value)) {
    throw badRequest('The ContentVariables Parameter is invalid', codes.badVariables)
  }
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, String(each)]))
}
