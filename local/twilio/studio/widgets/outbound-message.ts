import { TwilioRefusal } from '../../rest/refusal.ts'
import type { Step, Values } from '../execution/widget.ts'
import { pascalCase } from './pascal-case.ts'

/** What became of a message that a widget sends: `outbound.*`, also when it was refused. */
export type Outbound = { readonly isSent: boolean; readonly outbound: Values }

const CONVERSATIONS = 'https://conversations.twilio.com/v1'

/**
 * Sends what a message widget says: into the conversation if the execution is in one, else as a text message from `from` (a
 * number or a messaging service). A refusal is an alert (81011).
 */
export async function sendOutbound(
  step: Step,
  to: string,
  statusCallback?: string,
): Promise<Outbound> {
  const conversationSid = conversationOf(step)
  try {
    const resource = conversationSid
      ? await postToConversation(step, conversationSid)
      : await sendText(step, to, statusCallback)
    return { isSent: true, outbound: pascalCase(resource) }
  } catch (error) {
    if (!(error instanceof TwilioRefusal)) throw error
    const { code, message } = error
    step.alert(81011, `the message was not sent: ${message} (${code})`)
    const outbound = { From: senderOf(step), To: to, Body: step.text('body'), Status: 'failed' }
    return { isSent: false, outbound: { ...outbound, ErrorCode: code, ErrorMessage: message } }
  }
}

/** SID of the conversation that the execution is in: the one that started it, or that it has started; or empty. */
export function conversationOf(step: Step): string {
  const started = step.trigger('conversation')?.['ConversationSid']
  return typeof started === 'string' ? started : step.fill('{{flow.channel.sid}}')
}

function sendText(step: Step, to: string, statusCallback: string | undefined): Promise<Values> {
  const from = senderOf(step)
  const { accountSid } = step.execution
  return step.api(
    'POST',
    `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages.json`,
    {
      ...(from.startsWith('MG') ? { MessagingServiceSid: from } : { From: from }),
      To: to,
      ...content(step),
      ...(step.text('media_url') && { MediaUrl: step.text('media_url') }),
      ...(statusCallback && { StatusCallback: statusCallback }),
    },
  )
}

function postToConversation(step: Step, conversationSid: string): Promise<Values> {
  const attributes = step.text('attributes')
  if (step.text('media_url')) {
    step.alert(81011, 'media_url is left out: the local Twilio takes no uploads for conversations')
  }
  return step.api('POST', `${conversationsOf(step)}/${conversationSid}/Messages`, {
    Author: senderOf(step),
    ...content(step),
    ...(attributes && { Attributes: attributes }),
  })
}

/** The address of the conversations among which the execution's is: those of a service of their own are reached through it. */
export function conversationsOf(step: Step): string {
  const started = step.trigger('conversation')?.['ChatServiceSid']
  const serviceSid =
    typeof started === 'string' ? started : step.fill('{{flow.channel.chat_service_sid}}')
  return serviceSid
    ? `${CONVERSATIONS}/Services/${serviceSid}/Conversations`
    : `${CONVERSATIONS}/Conversations`
}

function content(step: Step): Record<string, string> {
  if (step.text('message_type') !== 'content_template') return { Body: step.text('body') }
  const variables = step.pairs('content_variables').map(({ key, value }) => [key, value])
  return {
    ContentSid: step.text('content_sid'),
    ContentVariables: JSON.stringify(Object.fromEntries(variables)),
  }
}

function senderOf(step: Step): string {
  return step.text('from') || step.execution.channel
}
