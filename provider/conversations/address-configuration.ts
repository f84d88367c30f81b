import { type Problem, type Static, Type } from '../../schemas/index.ts'
import { canonicalUrl } from '../comparison/canonical.ts'
import type { ResourceDescription } from '../description/description.ts'
import { outputs, sid, webhookMethod, webhookUrl } from '../description/fields.ts'
import { isRecord, type Properties, unknownValue } from '../protocol/values.ts'
import { conversationEvents, eventSet } from './webhook-events.ts'

const autoCreation = Type.Object(
  {
    enabled: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'whether a message that belongs to no conversation begins one',
      }),
    ),
    type: Type.Optional(
      Type.Union([Type.Literal('webhook'), Type.Literal('studio'), Type.Literal('default')], {
        default: 'default',
        description: 'webhook: it tells webhookUrl; studio: it runs the flow; default: neither',
      }),
    ),
    conversationServiceSid: Type.Optional(
      sid('IS', 'conversations service of the conversation; default: the account’s default one'),
    ),
    webhookUrl: webhookUrl('type webhook: told of the conversation'),
    webhookMethod: webhookMethod('type webhook: how webhookUrl is requested'),
    webhookFilters: eventSet(
      conversationEvents,
      'type webhook: events that it is requested for, in any order',
    ),
    studioFlowSid: Type.Optional(sid('FW', 'type studio: the flow that runs')),
    studioRetryCount: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 3,
        default: 0,
        description: 'type studio: how often a failed start of the flow is tried again',
      }),
    ),
  },
  {
    additionalProperties: false,
    description: 'what happens to messages that belong to no conversation yet. Default: nothing',
  },
)

const inputs = Type.Object(
  {
    type: Type.Union(
      [
        Type.Literal('sms'),
        Type.Literal('whatsapp'),
        Type.Literal('messenger'),
        Type.Literal('gbm'),
        Type.Literal('email'),
        Type.Literal('rcs'),
        Type.Literal('apple'),
        Type.Literal('chat'),
      ],
      { description: 'kind of the address. Changing it replaces the resource' },
    ),
    address: Type.String({
      minLength: 1,
      description:
        'address that people write to: +12025550100 for sms, whatsapp:+12025550100 for whatsapp. Changing it replaces the resource',
    }),
    friendlyName: Type.Optional(
      Type.String({ maxLength: 256, description: 'name that people read' }),
    ),
    addressCountry: Type.Optional(
      Type.String({
        pattern: '^[A-Z]{2}$',
        description: 'country of a short code. Changing it replaces the resource',
      }),
    ),
    autoCreation: Type.Optional(autoCreation),
  },
  { additionalProperties: false },
)

export type AddressConfigurationInputs = Static<typeof inputs>

const ownMembers: Readonly<Record<string, readonly string[]>> = {
  webhook: ['webhookUrl', 'webhookMethod', 'webhookFilters'],
  studio: ['studioFlowSid', 'studioRetryCount'],
  default: [],
}
const commonMembers = ['enabled', 'type', 'conversationServiceSid']

/** What happens to messages that come in to an address: whether they begin a conversation, and who is told. */
export const addressConfiguration: ResourceDescription = {
  token: 'twilio:conversations:AddressConfiguration',
  description:
    'What happens to messages to a number or another address that belong to no conversation: whether they begin one, and whether a flow or a webhook has it.',
  host: 'conversations.twilio.com',
  collection: '/v1/Configuration/Addresses',
  id: ['sid'],
  identity: {
    property: 'address',
    rows: 'address_configurations',
    listsByName: false,
    unique: true,
  },
  mostOnPage: 50,
  inputs,
  outputs: outputs({}),
  replaceOn: ['type', 'address', 'addressCountry'],
  // An address has one at most.
  deleteBeforeReplace: true,
  nested: { autoCreation: { membersOf } },
  set: ['autoCreation.webhookFilters'],
  canonical: { 'autoCreation.webhookUrl': canonicalUrl, 'autoCreation.webhookMethod': upperCase },
  // In this one place Twilio’s documents name the methods in small letters.
  spelling: { 'autoCreation.webhookMethod': (method) => String(method).toLowerCase() },
  check: (values) => [...checkAddress(values), ...checkAutoCreation(values['autoCreation'])],
}

// A flow of an address that tells a webhook is of no meaning, and Twilio does not tell it.
function membersOf({ type = 'default' }: Properties): readonly string[] {
  return [...commonMembers, ...(ownMembers[String(type)] ?? [])]
}

function checkAddress({ type, address }: Properties): readonly Problem[] {
  if (typeof address !== 'string' || type === unknownValue) return []
  if (type === 'sms' && !/^\+?[1-9]\d{2,14}$/.test(address)) {
    const message = 'must be a number in E.164 (+12025550100) or a short code, for the type sms'
    return [{ path: 'address', message }]
  }
  if (type === 'whatsapp' && !/^whatsapp:\+[1-9]\d{6,14}$/.test(address)) {
    const message = 'must be of the form whatsapp:+12025550100, for the type whatsapp'
    return [{ path: 'address', message }]
  }
  return []
}

function checkAutoCreation(value: unknown): readonly Problem[] {
  if (!isRecord(value) || value['type'] === unknownValue) return []
  const { type = 'default' } = value
  const at = (member: string) => `autoCreation.${member}`
  const possible = membersOf(value)
  const foreign = Object.entries(value)
    .filter(([member, said]) => said !== undefined && said !== null && !possible.includes(member))
    .map(([member]) => {
      const [owner] = Object.entries(ownMembers).find(([, own]) => own.includes(member)) ?? []
      const message = `belongs to the type ${owner}, not ${String(type)}: leave it out, or change the type`
      return { path: at(member), message }
    })
  const needed = { webhook: 'webhookUrl', studio: 'studioFlowSid' }[String(type)]
  if (needed === undefined || value[needed]) return foreign
  const message = `is missing: the type ${String(type)} needs it`
  return [...foreign, { path: at(needed), message }]
}

function upperCase(value: unknown): unknown {
  return typeof value === 'string' ? value.toUpperCase() : value
}
