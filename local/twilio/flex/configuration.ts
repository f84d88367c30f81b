import type { Context } from '../context.ts'
import { isoDate } from '../rest/date.ts'
import { isObject, parseJson } from '../rest/json-parameter.ts'
import { badRequest } from '../rest/refusal.ts'
import { type Call, ok } from '../rest/route.ts'
import { type FieldType, readOnly, writable } from './fields.ts'

/** The account's one Flex configuration as stored: only what was set. */
export type FlexConfiguration = {
  readonly flexInstanceSid: string
  readonly serviceSid: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly dateCreated: number
  readonly dateUpdated: number
}

/** Where the configuration is kept. */
export interface FlexConfigurationStore {
  get(): FlexConfiguration
  set(configuration: FlexConfiguration): void
}

/**
 * `/v1/Configuration`: an update is JSON with the account's SID. A property that is sent is replaced as a whole, also
 * an object; one that is not sent stays.
 */
export function createConfiguration({ accountSid, clock }: Context, store: FlexConfigurationStore) {
  return {
    fetch: () => ok(body(store.get(), accountSid)),
    update({ body: text }: Call) {
      const sent = parseJson('The body', text)
      if (!isObject(sent)) throw badRequest('The body must be a JSON object')
      if (sent['account_sid'] !== accountSid) {
        throw badRequest(`account_sid must be ${accountSid}, the account of the configuration`)
      }
      const before = store.get()
      const settings = { ...before.settings, ...settable(sent) }
      const next = { ...before, settings, dateUpdated: clock.now() }
      store.set(next)
      return ok(body(next, accountSid))
    },
  }
}

/** The properties that can be set. What Twilio sets itself may be sent back and is left alone. */
function settable(sent: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const entries = Object.entries(sent).filter(([name]) => !readOnly.has(name))
  for (const [name, value] of entries) {
    const type = writable.get(name)
    if (!type) throw badRequest(`The configuration has no property ${name}`)
    if (value !== null && typeOf(value) !== type) {
      throw badRequest(`${name} must be of type ${type}, not ${typeOf(value)}`)
    }
  }
  return Object.fromEntries(entries)
}

function typeOf(value: unknown): FieldType | 'number' {
  if (Array.isArray(value)) return 'array'
  const type = typeof value
  switch (type) {
    case 'string':
    case 'boolean':
    case 'number':
      return type
    default:
      return 'object'
  }
}

function body(configuration: FlexConfiguration, accountSid: string) {
  const unset = [...writable].map(([name, type]) => [name, initial(type)])
  return {
    account_sid: accountSid,
    ...Object.fromEntries(unset),
    ...configuration.settings,
    status: 'ok',
    runtime_domain: 'https://flex.twilio.com',
    flex_instance_sid: configuration.flexInstanceSid,
    flex_service_instance_sid: configuration.serviceSid,
    service_version: null,
    date_created: isoDate(configuration.dateCreated),
    date_updated: isoDate(configuration.dateUpdated),
    url: 'https://flex-api.twilio.com/v1/Configuration',
  }
}

function initial(type: FieldType): unknown {
  switch (type) {
    case 'string':
      return null
    case 'boolean':
      return false
    case 'object':
      return {}
    case 'array':
      return []
    default:
      throw new Error(`Unknown type ${type satisfies never}`)
  }
}
