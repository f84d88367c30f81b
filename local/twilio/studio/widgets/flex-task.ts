import { isObject } from '../../json-parameter.ts'
import { TwilioRefusal } from '../../refusal.ts'
import type { Outcome, Step, Values } from '../execution/widget.ts'
import { conversationOf } from './outbound-message.ts'

const WORKSPACES = 'https://taskrouter.twilio.com/v1/Workspaces'
const LONGEST_ATTRIBUTES = 1_024

/** What send-to-flex does with a message or a conversation: it makes a task and goes on at once. */
export async function makeFlexTask(step: Step): Promise<Outcome> {
  if (step.execution.startedBy === 'request' && !conversationOf(step)) {
    step.alert(81020, 'there is no call, message or conversation to send')
    return { kind: 'exit', event: 'failedToEnqueue' }
  }
  try {
    const task = await createTask(step)
    return { kind: 'exit', event: 'callComplete', outputs: task }
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
  const attributes = JSON.stringify({ ...contactOf(step), ...readFlexAttributes(step) })
  const workspace = await workspaceOf(step, workflowSid)
  return step.api('POST', `${workspace}/Tasks`, {
    WorkflowSid: workflowSid,
    Attributes: attributes,
    ...(step.text('channel') && { TaskChannel: step.text('channel') }),
    Priority: String(step.integer('priority') ?? 0),
    Timeout: String(step.integer('timeout') ?? 3_600),
  })
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
function contactOf(step: Step): Values {
  const conversationSid = conversationOf(step)
  if (!conversationSid) return {}
  const { contact } = step.execution
  return {
    conversationSid,
    channelType: step.fill('{{flow.channel.type}}') || 'sms',
    customerAddress: contact,
    from: contact,
    name: contact,
    customerName: contact,
  }
}

/** The address of the workspace that has the workflow. */
async function workspaceOf(step: Step, workflowSid: string): Promise<string> {
  const { workspaces } = await step.api('GET', `${WORKSPACES}?PageSize=1000`)
  let refusal: unknown
  for (const workspace of Array.isArray(workspaces) ? workspaces : []) {
    const address = `${WORKSPACES}/${workspace.sid}`
    try {
      await step.api('GET', `${address}/Workflows/${workflowSid}`)
      return address
    } catch (error) {
      refusal = error
    }
  }
  if (refusal instanceof TwilioRefusal) throw refusal
  throw new UnusableAttributes(`there is no workflow ${workflowSid}`)
}
