import { isObject, parseJson } from '../rest/json-parameter.ts'
import { badRequest } from '../rest/refusal.ts'

/** Where events can go. */
export const sinkTypes = ['webhook', 'kinesis', 'segment', 'email'] as const
export type SinkType = (typeof sinkTypes)[number]

/** What a sink of some type needs to be reached. */
export type SinkConfiguration = Readonly<Record<string, unknown>>

/** Reads `SinkConfiguration`; refuses what a sink of that type could not be reached with. */
export function readSinkConfiguration(text: string, type: SinkType): SinkConfiguration {
  const configuration = parseJson('SinkConfiguration', text)
  if (!isObject(configuration)) throw badRequest('SinkConfiguration must be a JSON object')
  check(configuration, type)
  return configuration
}

/** Where a webhook sink is; without the fragment, since sinks have no connection overrides. */
export function addressOf({ destination }: SinkConfiguration): string {
  return String(destination).replace(/#.*$/s, '')
}

function check(configuration: SinkConfiguration, type: SinkType): void {
  switch (type) {
    case 'webhook': {
      const { destination, method, batch_events: batch } = configuration
      if (typeof destination !== 'string' || !isWebAddress(destination)) {
        throw wrong('destination', 'must be an absolute http or https URL')
      }
      if (method !== 'GET' && method !== 'POST') throw wrong('method', 'must be GET or POST')
      if (batch !== undefined && typeof batch !== 'boolean') {
        throw wrong('batch_events', 'must be true or false')
      }
      return
    }
    case 'kinesis':
      mustMatch(configuration, 'arn', /^arn:aws[\w-]*:kinesis:[\w-]+:\d+:stream\/.+$/)
      mustMatch(configuration, 'role_arn', /^arn:aws[\w-]*:iam::\d+:role\/.+$/)
      mustMatch(configuration, 'external_id', /./)
      return
    case 'segment':
      mustMatch(configuration, 'write_key', /./)
      return
    case 'email':
      // Known to the API and to none of its pages.
      return
    default:
      throw new Error(`Unknown type of sink ${type satisfies never}`)
  }
}

function mustMatch(configuration: SinkConfiguration, name: string, pattern: RegExp): void {
  const value = configuration[name]
  if (typeof value !== 'string' || value === '') throw wrong(name, 'is required')
  if (!pattern.test(value)) throw wrong(name, `is not of the form ${pattern.source}`)
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:/i.test(text)
}

function wrong(name: string, what: string) {
  return badRequest(`SinkConfiguration: ${name} ${what}`)
}
