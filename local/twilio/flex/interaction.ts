import type { Stored } from '../objects/stored.ts'

/** Where Flex is at Twilio. */
export const BASE = 'https://flex-api.twilio.com/v1'

/** A customer's contact as Flex holds it (KD…): a conversation, and the task that offers it to agents. */
export type InteractionRow = Stored & {
  readonly channel: {
    /** UO… */
    readonly sid: string
    readonly type: string
    readonly status: 'active' | 'inactive' | 'closed'
  }
  readonly conversationSid: string
  readonly taskSid: string
  readonly workspaceSid: string
  /** Fields of the task as it was made. */
  readonly task: Readonly<Record<string, unknown>>
}

/** The resource as REST shows it. */
export function interactionBody({ sid, channel, task }: InteractionRow) {
  const url = `${BASE}/Interactions/${sid}`
  return {
    sid,
    channel: { type: channel.type, sid: channel.sid },
    routing: { reservation: null, properties: task },
    interaction_context_sid: null,
    webhook_ttid: null,
    url,
    links: { channels: `${url}/Channels` },
  }
}

/** Its one channel as REST shows it. */
export function channelBody({ sid: interactionSid, channel }: InteractionRow) {
  const url = `${BASE}/Interactions/${interactionSid}/Channels/${channel.sid}`
  return {
    sid: channel.sid,
    interaction_sid: interactionSid,
    type: channel.type,
    status: channel.status,
    error_code: null,
    error_message: null,
    url,
    links: {
      participants: `${url}/Participants`,
      invites: `${url}/Invites`,
      transfers: `${url}/Transfers`,
    },
  }
}
