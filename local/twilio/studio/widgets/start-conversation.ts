import { isObject } from '../../rest/json-parameter.ts'
import { TwilioRefusal } from '../../rest/refusal.ts'
import type { Step, Values, Widget } from '../execution/widget.ts'
import { conversationOf } from './outbound-message.ts'

const BASE = 'https://conversations.twilio.com/v1'

/** Starts a conversation with one participant; from then on what they write arrives in this execution. */
export const startConversation: Widget = {
  async start(step) {
    if (step.execution.startedBy !== 'request') {
      step.alert(81020, 'only executions that the REST API started can start a conversation')
      return { kind: 'exit', event: 'failed' }
    }
    if (conversationOf(step) !== '') {
      step.alert(81020, 'the execution is in a conversation already')
      return { kind: 'exit', event: 'failed' }
    }
    try {
      return { kind: 'exit', event: 'created', outputs: await start(step) }
    } catch (error) {
      if (!(error instanceof TwilioRefusal)) throw error
      step.alert(81011, `the conversation was not started: ${error.message} (${error.code})`)
      return { kind: 'exit', event: 'failed' }
    }
  },
}

async function start(step: Step): Promise<Values> {
  const service = step.text('conversation_service_sid')
  const conversations = service
    ? `${BASE}/Services/${service}/Conversations`
    : `${BASE}/Conversations`
  const conversation = await step.api(
    'POST',
    conversations,
    given({
      FriendlyName: step.text('friendly_name'),
      Attributes: step.text('attributes'),
      MessagingServiceSid: step.text('messaging_service_sid'),
      'Timers.Inactive': step.text('timers_inactive'),
      'Timers.Closed': step.text('timers_closed'),
    }),
  )
  const sid = String(conversation['sid'])
  const address = `${conversations}/${sid}`
  try {
    const participants: Values[] = []
    for (const form of participantForms(step)) {
      participants.push(await step.api('POST', `${address}/Participants`, form))
    }
    const webhook = await step.api('POST', `${address}/Webhooks`, {
      Target: 'studio',
      'Configuration.FlowSid': step.execution.flowSid,
    })
    const closesAtEnd = step.boolean('close_conversation_on_execution_end') ?? false
    const { chat_service_sid, state: status } = conversation
    step.joinConversation(
      sid,
      { sid, chat_service_sid, type: channelType(step), status },
      closesAtEnd,
    )
    return { conversation: { ...conversation, participants }, webhook_sid: webhook['sid'] }
  } catch (error) {
    // A conversation without its participants would be left over.
    await step.api('POST', address, { State: 'closed' })
    throw error
  }
}

/** How the first participant writes. */
function channelType(step: Step): 'chat' | 'sms' {
  const participants = step.state.properties['participants']
  const [first] = Array.isArray(participants) ? participants : []
  return isObject(first) && first['type'] === 'chat' ? 'chat' : 'sms'
}

function participantForms(step: Step): Record<string, string>[] {
  const participants = step.state.properties?.['participants']
  return (Array.isArray(participants) ? participants : []).filter(isObject).map((participant) => {
    const text = (name: string) => step.fill(String(participant[name] ?? ''))
    if (participant['type'] === 'chat') return given({ Identity: text('identity') })
    return given({
      'MessagingBinding.Address': text('messaging_binding_address'),
      'MessagingBinding.ProxyAddress': text('messaging_binding_proxy_address'),
    })
  })
}

function given(form: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(form).filter(([, value]) => value !== ''))
}
