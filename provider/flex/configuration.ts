import { type Static, type TSchema, Type } from '../../schemas/index.ts'
import { isSet } from '../comparison/meaning.ts'
import { sameValue } from '../comparison/property-diff.ts'
import type { ResourceDescription, WriteContext } from '../description/description.ts'
import { sid } from '../description/fields.ts'
import type { Properties } from '../protocol/values.ts'
import type { Answer, TwilioClient } from '../requests/client.ts'
import { unlessGone } from '../requests/late-reads.ts'
import { fieldName } from '../requests/wire.ts'
import { nameReading } from '../words/name-reading.ts'
import { declaredPart, merge } from './merge.ts'
import { NoFlex } from './no-flex.ts'

const text = (description: string) => Type.Optional(Type.String({ description }))
const flag = (description: string) =>
  Type.Optional(Type.Boolean({ description: `true: ${description}` }))
const json = (description: string) =>
  Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description }))
const list = (description: string) =>
  Type.Optional(Type.Array(Type.Record(Type.String(), Type.Unknown()), { description }))

const inputs = Type.Object(
  {
    taskrouterWorkspaceSid: Type.Optional(sid('WS', 'workspace that Flex works in')),
    taskrouterTargetWorkflowSid: Type.Optional(sid('WW', 'workflow of tasks that name none')),
    taskrouterTargetTaskqueueSid: Type.Optional(sid('WQ', 'queue of tasks that name none')),
    taskrouterOfflineActivitySid: Type.Optional(
      sid('WA', 'activity of agents who are not signed in'),
    ),
    taskrouterTaskqueues: list('queues that agents may transfer to: {sid, targettable}'),
    taskrouterSkills: list('skills that agents may have: {name, multivalue, minimum, maximum}'),
    taskrouterWorkerChannels: json('channels of a new worker, by role'),
    taskrouterWorkerAttributes: json('attributes of a new worker, by role'),
    chatServiceInstanceSid: Type.Optional(sid('IS', 'Conversations service')),
    messagingServiceInstanceSid: Type.Optional(sid('MG', 'messaging service')),
    attributes: json('attributes of the configuration, for server and user interface'),
    publicAttributes: json('attributes that can be read without signing in'),
    uiAttributes: json('what the user interface reads'),
    uiDependencies: json('libraries of the user interface, name and version'),
    uiLanguage: text('language of the user interface'),
    uiVersion: text('version of the user interface, or a range'),
    flexUrl: text('address at which agents open Flex'),
    callRecordingEnabled: flag('calls are recorded'),
    callRecordingWebhookUrl: text('asked for the settings of a recording'),
    crmEnabled: flag('an address is shown beside a task'),
    crmType: text('what is shown there'),
    crmCallbackUrl: text('asked for that address'),
    crmFallbackUrl: text('asked when crmCallbackUrl fails'),
    crmAttributes: json('what the address is made of'),
    pluginServiceEnabled: flag('plugins are loaded'),
    pluginServiceAttributes: json('plugins, name and version'),
    outboundCallFlows: json('how agents call out: {default: {caller_id, workflow_sid, queue_sid}}'),
    queueStatsConfiguration: json('how queues are measured'),
    notifications: json('notifications of the browser: {enabled, mode}'),
    markdown: json('markdown in messages: {enabled, mode}'),
    flexInsightsHr: json('historical reports'),
    flexInsightsDrilldown: flag('reports lead to conversations'),
    integrations: list('services that Flex is told of'),
    serverlessServiceSids: Type.Optional(
      Type.Array(sid('ZS', 'a Functions service'), {
        description: 'Functions services that Flex uses',
      }),
    ),
    channelConfigs: list('attachments of messages, by kind of address'),
    debuggerIntegration: json('errors of the browser in Twilio’s debugger: {enabled}'),
    flexUiStatusReport: json('how the user interface is doing: {enabled}'),
    agentConvEndMethods: json('how agents may end a conversation: {enabled: ["Leave"]}'),
    citrixVoiceVdi: json('calls through Citrix: {enabled}'),
    offlineConfig: json('agents whose browser is gone: {presence, presence_ttl}'),
  },
  { additionalProperties: false },
)

export type ConfigurationInputs = Static<typeof inputs>

const names = Object.keys(inputs.properties)

/** The account's one configuration of Flex, of which a program owns what it names and nothing else. */
export const configuration: ResourceDescription = {
  token: 'twilio:flex:Configuration',
  description:
    'The account’s one configuration of Flex. It is merged, never overwritten: only the properties, and in objects only the keys, that the program names are sent and compared; lists are taken as a whole. It is always there, so it is only set; deleting it leaves everything as it is.',
  host: 'flex-api.twilio.com',
  collection: '/v1/Configuration',
  single: true,
  lasting: true,
  id: ['accountSid'],
  listing: { kind: 'single' },
  inputs,
  outputs: Type.Object({
    accountSid: Type.String({ description: 'the account' }),
    flexInstanceSid: Type.Optional(Type.String({ description: 'SID of Flex itself, GO…' })),
    flexServiceInstanceSid: Type.Optional(Type.String({ description: 'Sync service of Flex' })),
    runtimeDomain: Type.Optional(Type.String({ description: 'where Flex is opened' })),
  }),
  replaceOn: [],
  readings: {
    workspace: nameReading('taskrouterWorkspaceSid', 'workspace'),
    targetWorkflow: nameReading('taskrouterTargetWorkflowSid', 'workflow'),
    targetTaskqueue: nameReading('taskrouterTargetTaskqueueSid', 'queue'),
    offlineActivity: nameReading('taskrouterOfflineActivitySid', 'offline activity'),
    messagingService: nameReading('messagingServiceInstanceSid', 'messaging service'),
    chatService: nameReading('chatServiceInstanceSid', 'conversations service'),
  },
  isUntouched: (row) => names.every((name) => isEmpty(row[fieldName(name)])),
  fromWire(answer, declared) {
    const imports = Object.keys(declared).length === 0
    const parts = names.map((name) => [name, liveOf(answer, name, declared, imports)])
    return Object.fromEntries(parts)
  },
  async find({ client }) {
    const live = await unlessGone(() => fetchLive(client))
    if (!live) throw new NoFlex(client.accountSid, undefined)
    return live
  },
  beforeWrite: write,
  leaves: () => 'The configuration of Flex stays as it is: it is the account’s, and only set here',
  // What it was before is not known, and others have set theirs since.
  delete: async () => {},
}

function fetchLive(client: TwilioClient): Promise<Answer | undefined> {
  const { host, collection: path } = configuration
  return client.send({ method: 'GET', host, path })
}

/** Sends what differs, merged into what is there now; nothing if that says the same already. */
async function write({ client, known = {}, properties }: WriteContext): Promise<Answer> {
  const live = (await fetchLive(client)) ?? {}
  const changed = names.filter((name) => !sameValue(known[name], properties[name]))
  const merged = changed.map((name): [string, unknown] => {
    const value = merge(live[fieldName(name)], known[name], properties[name])
    return [fieldName(name), isSet(value) ? value : emptyValue(name)]
  })
  const sent = merged.filter(([field, value]) => !sameValue(live[field], value))
  if (sent.length === 0) return live
  const { host, collection: path } = configuration
  const body = { account_sid: client.accountSid, ...Object.fromEntries(sent) }
  return (await client.send({ method: 'POST', host, path, json: body })) ?? {}
}

// An import takes what somebody has set; otherwise nothing is said about what the program does not name.
function liveOf(answer: Answer, name: string, declared: Properties, imports: boolean): unknown {
  const live = answer[fieldName(name)]
  if (!isSet(live) || live === '') return undefined
  if (!imports) return isSet(declared[name]) ? declaredPart(live, declared[name]) : undefined
  return typeof live === 'object' && isEmpty(live) ? undefined : live
}

// As Flex is before anybody sets it up.
function isEmpty(value: unknown): boolean {
  if (!isSet(value) || value === '' || value === false) return true
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}

function emptyValue(name: string): unknown {
  const schema: TSchema | undefined = inputs.properties[name as keyof typeof inputs.properties]
  switch (schema?.['type']) {
    case 'boolean':
      return false
    case 'array':
      return []
    case 'object':
      return {}
    default:
      return null
  }
}
