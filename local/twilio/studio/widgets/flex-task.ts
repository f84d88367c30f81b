import { isObject } from '../../rest/json-parameter.ts'
import { TwilioRefusal } from '../../rest/refusal.ts'
import type { Outcome, Step, Values } from '../execution/widget.ts'
import { conversationOf, conversationsOf } from './outbound-message.ts'

const INTERACTIONS = 'https://flex-api.twilio.com/v1/Interactions'
const WORKSPACES = 'https://taskrouter.twilio.com/v1/Workspaces'
const LONGEST_ATTRIBUTES = 1_024
const STANDARD_TIMEOUT_SECONDS = 3_600

/** What send-to-flex does with a message or a conversation: it makes a task, or an interaction with its task, and goes on at once. */
export async function makeFlexTask(step: Step): Promise<Outcome> {
  if (step.execution.startedBy === 'request' && !conversationOf(step)) {
    step.alert(81020, 'there is no call, message or conversation to send')
    return { kind: 'exit', event: 'failedToEnqueue' }
  }
  try {
    const conversationSid = conversationOf(step)
    const outputs = await (conversationSid
      ? createInteraction(step, conversationSid)
      : createTask(step))
    return { kind: 'exit', event: 'callComplete', outputs }
  } catch (error) {
    if (!(error instanceof TwilioRefusal || error instanceof UnusableAttributes)) throw error
    step.alert(81015, `the task was not created: ${error.message}`)
    return { kind: 'exit', event: 'failedToEnqueue' }
  }
}

/** Attributes that no task can be made with. */
export class UnusableAttributes extends Error {
  override readonly name = 'UnusableAttributes'
}

async function createTask(step: Step): Promise<Values> {
  const workflowSid = step.text('workflow')
  const attributes = readFlexAttributes(step)
  const workspace = await workspaceOf(step, workflowSid)
  return step.api('POST', `${WORKSPACES}/${workspace}/Tasks`, {
    WorkflowSid: workflowSid,
    Attributes: JSON.stringify(attributes),
    ...(step.text('channel') && { TaskChannel: step.text('channel') }),
    Priority: String(step.integer('priority') ?? 0),
    Timeout: String(step.integer('timeout') ?? STANDARD_TIMEOUT_SECONDS),
  })
}

/** What has the conversation and its task; agents find both by the task's attributes. */
async function createInteraction(step: Step, conversationSid: string): Promise<Values> {
  const workflowSid = step.text('workflow')
  const channelType = step.fill('{{flow.channel.type}}') || 'sms'
  const channel = {
    type: channelType,
    initiated_by: 'customer',
    properties: { media_channel_sid: conversationSid },
  }
  const attributes = { ...contactOf(step, channelType), ...readFlexAttributes(step) }
  const properties = {
    workspace_sid: await workspaceOf(step, workflowSid),
    workflow_sid: workflowSid,
    ...(step.text('channel') && { task_channel_unique_name: step.text('channel') }),
    attributes,
    priority: step.integer('priority') ?? 0,
    timeout: step.integer('timeout') ?? STANDARD_TIMEOUT_SECONDS,
  }
  const { sid, routing, ...rest } = await step.api('POST', INTERACTIONS, {
    Channel: JSON.stringify(channel),
    Routing: JSON.stringify({ properties }),
  })
  await leaveToAgents(step, conversationSid)
  return { sid, channel: rest['channel'], routing, url: rest['url'] }
}

/** What the contact writes to the agents from now on begins no flow again. */
async function leaveToAgents(step: Step, conversationSid: string): Promise<void> {
  const address = `${conversationsOf(step)}/${conversationSid}/Webhooks`
  const { webhooks } = await step.api('GET', address)
  for (const { sid, target } of Array.isArray(webhooks) ? webhooks : []) {
    if (target === 'studio') await step.api('DELETE', `${address}/${sid}`)
  }
}

/** The attributes that the widget gives its task. */
export function readFlexAttributes(step: Step, property = 'attributes'): Values {
  const text = step.text(property)
  if (text.length > LONGEST_ATTRIBUTES) {
    const length = `${text.length} characters, of ${LONGEST_ATTRIBUTES} that are allowed`
    throw new UnusableAttributes(`the attributes have ${length}`)
  }
  if (text.trim() === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    if (isObject(value)) return value
  } catch {
    // Told below, with what was written.
  }
  throw new UnusableAttributes(`the attributes are no JSON object: ${text.slice(0, 200)}`)
}

/** A task of a conversation says who writes; the widget's own attributes win. */
function contactOf(step: Step, channelType: string): Values {
  const { contact } = step.execution
  return {
    channelType,
    customerAddress: contact,
    from: contact,
    name: contact,
    customerName: contact,
  }
}

/** SID of the workspace that has the workflow. */
async function workspaceOf(step: Step, workflowSid: string): Promise<string> {
  const { workspaces } = await step.api('GET', `${WORKSPACES}?PageSize=1000`)
  let refusal: unknown
  for (const workspace of Array.isArray(workspaces) ? workspaces : []) {
    try {
      await step.api('GET', `${WORKSPACES}/${workspace.sid}/Workflows/${workflowSid}`)
      return workspace.sid
    } catch (error) {
      refusal = error
    }
  }
  if (refusal instanceof TwilioRefusal) throw refusal
  throw new UnusableAttributes(`there is no workflow ${workflowSid}`)
}
