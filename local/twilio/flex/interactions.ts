import type { Context } from '../context.ts'
import type { Collection } from '../objects/collection.ts'
import { missing, newStored, rowOf } from '../objects/stored.ts'
import { isObject, parseJson } from '../rest/json-parameter.ts'
import type { OwnApi } from '../rest/own-api.ts'
import { pageV1 } from '../rest/paging.ts'
import type { Parameters } from '../rest/parameters.ts'
import { badRequest, notImplemented } from '../rest/refusal.ts'
import { type Call, ok, pathPart } from '../rest/route.ts'
import { channelBody, type InteractionRow, interactionBody } from './interaction.ts'

/** What interactions lead to. */
export type InteractionsOptions = {
  readonly context: Context
  readonly rows: Collection<InteractionRow>
  readonly api: OwnApi
  /** The REST address of a conversation, whatever its service; undefined when there is none of that SID. */
  conversationUrl(sid: string): string | undefined
}

type Properties = Readonly<Record<string, unknown>>

const WORKSPACES = 'https://taskrouter.twilio.com/v1/Workspaces'
const channelTypes = ['sms', 'web', 'chat', 'whatsapp', 'messenger', 'email']
// A centre that runs for days need not keep all.
const MOST_KEPT = 2_000
// What a task is made from; it is routed by its workflow alone.
const routingNames = new Set([
  'workspace_sid',
  'workflow_sid',
  'task_channel_unique_name',
  'task_channel_sid',
  'attributes',
  'priority',
  'timeout',
])

/** `/v1/Interactions` of conversations that exist, and their channels. */
export function createInteractions(options: InteractionsOptions) {
  const { context, rows, api, conversationUrl } = options
  const ofPath = (call: Call) => {
    const row = rowOf(call, rows, 'InteractionSid')
    if (call.path['Sid'] !== undefined && row.channel.sid !== pathPart(call, 'Sid')) {
      throw missing(call)
    }
    return row
  }
  return {
    async create({ form }: Call) {
      for (const name of ['InteractionContextSid', 'WebhookTtid']) {
        if (form.text(name)) throw notImplemented(`${name} of an interaction`)
      }
      const channel = readChannel(form)
      if (!conversationUrl(channel.conversationSid)) {
        throw badRequest(
          `Channel.properties.media_channel_sid ${channel.conversationSid} is no conversation of this account`,
        )
      }
      const { workspace_sid: workspaceSid, attributes, ...routing } = readRouting(form)
      const stored = newStored(context, 'KD')
      const channelSid = context.newSid('UO')
      const sids = { sid: stored.sid, channelSid, inviteSid: context.newSid('KG') }
      const task = await api('POST', `${WORKSPACES}/${workspaceSid}/Tasks`, {
        ...taskForm(routing),
        Attributes: JSON.stringify(taskAttributes(channel, sids, attributes)),
      })
      const row = rows.put({
        ...stored,
        channel: { sid: channelSid, type: channel.type, status: 'active' },
        conversationSid: channel.conversationSid,
        taskSid: String(task['sid']),
        workspaceSid: String(workspaceSid),
        task: taskFields(task),
      })
      const [oldest] = rows.values()
      if (oldest && rows.size > MOST_KEPT) rows.delete(oldest.sid)
      return ok(interactionBody(row))
    },

    fetch: (call: Call) => ok(interactionBody(rowOf(call, rows))),

    listChannels: (call: Call) => pageV1(call, 'channels', [ofPath(call)], channelBody),

    fetchChannel: (call: Call) => ok(channelBody(ofPath(call))),

    /** Ends the conversation with its interaction; `inactive` parks it. The task goes to wrap-up, or is over. */
    async updateChannel(call: Call) {
      const row = ofPath(call)
      const status = call.form.requiredOneOf('Status', ['closed', 'inactive'])
      const routing = readObject(call.form, 'Routing')
      const url = conversationUrl(row.conversationSid)
      if (url) await api('POST', url, { State: status })
      await endTask(row, routing['status'] === 'closed')
      const channel = { ...row.channel, status }
      return ok(channelBody(rows.put({ ...row, channel, dateUpdated: context.clock.now() })))
    },
  }

  async function endTask(row: InteractionRow, isOver: boolean): Promise<void> {
    const url = `${WORKSPACES}/${row.workspaceSid}/Tasks/${row.taskSid}`
    const { assignment_status: status } = await api('GET', url)
    const isOpen = status === 'pending' || status === 'reserved'
    const next = isOpen ? 'canceled' : isOver ? 'completed' : 'wrapping'
    if (status === 'completed' || status === 'canceled' || status === next) return
    await api('POST', url, { AssignmentStatus: next, Reason: 'the interaction has ended' })
  }
}

type Channel = {
  readonly type: string
  readonly initiatedBy: string
  readonly conversationSid: string
}

function readChannel(form: Parameters): Channel {
  const channel = readObject(form, 'Channel')
  const { type, initiated_by: initiatedBy = 'customer', properties } = channel
  if (typeof type !== 'string' || !channelTypes.includes(type)) {
    throw badRequest(`Channel.type must be one of ${channelTypes.join(', ')}`)
  }
  const conversationSid = isObject(properties) ? properties['media_channel_sid'] : undefined
  if (typeof conversationSid !== 'string') {
    throw notImplemented(
      'An interaction without the conversation it is about (Channel.properties.media_channel_sid)',
    )
  }
  return { type, initiatedBy: String(initiatedBy), conversationSid }
}

function readRouting(form: Parameters): Properties {
  const { properties } = readObject(form, 'Routing')
  if (!isObject(properties) || typeof properties['workspace_sid'] !== 'string') {
    throw badRequest('Routing.properties.workspace_sid is missing')
  }
  const unknown = Object.keys(properties).find((name) => !routingNames.has(name))
  if (unknown !== undefined) throw notImplemented(`Routing.properties.${unknown}`)
  return properties
}

function readObject(form: Parameters, name: string): Properties {
  const text = form.text(name)
  const value = text ? parseJson(name, text) : {}
  if (!isObject(value)) throw badRequest(`${name} must be a JSON object`)
  return value
}

function taskForm(routing: Properties): Record<string, string> {
  const named = {
    WorkflowSid: routing['workflow_sid'],
    TaskChannel: routing['task_channel_unique_name'] ?? routing['task_channel_sid'],
    Priority: routing['priority'],
    Timeout: routing['timeout'],
  }
  const given = Object.entries(named).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]))
}

/** What is given is added as it is; what leads back to the interaction cannot be given. */
function taskAttributes(
  { type, initiatedBy, conversationSid }: Channel,
  { sid, channelSid, inviteSid }: Readonly<Record<'sid' | 'channelSid' | 'inviteSid', string>>,
  attributes: unknown,
) {
  return {
    channelType: type,
    initiatedBy,
    direction: initiatedBy === 'agent' ? 'outbound' : 'inbound',
    ...(isObject(attributes) && attributes),
    conversationSid,
    flexInteractionSid: sid,
    flexInteractionChannelSid: channelSid,
    flexChannelInviteSid: inviteSid,
  }
}

// The names differ from those of TaskRouter, and dates are seconds.
function taskFields(task: Properties): Properties {
  const seconds = (name: string) => Math.floor(Date.parse(String(task[name])) / 1_000)
  return {
    sid: task['sid'],
    account_sid: task['account_sid'],
    workspace_sid: task['workspace_sid'],
    workflow_sid: task['workflow_sid'],
    workflow_name: task['workflow_friendly_name'],
    queue_sid: task['task_queue_sid'],
    queue_name: task['task_queue_friendly_name'],
    task_channel_sid: task['task_channel_sid'],
    task_channel_unique_name: task['task_channel_unique_name'],
    assignment_status: task['assignment_status'],
    attributes: task['attributes'],
    priority: task['priority'],
    timeout: task['timeout'],
    age: task['age'],
    reason: task['reason'],
    routing_target: task['routing_target'],
    addons: task['addons'],
    date_created: seconds('date_created'),
    date_updated: seconds('date_updated'),
    task_queue_entered_date: seconds('task_queue_entered_date'),
  }
}
