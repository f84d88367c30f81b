import { exit, flag, list, oneOf, pairs, text, type WidgetDescription } from './property.ts'

const message = {
  /** What is written. */
  body: text,
  /** Address of a picture or another file. */
  media_url: text,
  /** Chat service; the editor writes `{{trigger.message.InstanceSid}}`. */
  service: text,
  /** Chat channel; the editor writes `{{trigger.message.ChannelSid}}`. */
  channel: text,
  /** JSON that goes along in a chat. */
  attributes: text,
  /** A text of its own, or a template of contents. */
  message_type: oneOf('custom', 'content_template'),
  /** The template of contents, `HX…`. */
  content_sid: text,
  /** What is put into it. */
  content_variables: pairs,
} as const

/** What is written to people, and conversations. */
export const messageWidgets = {
  /** Sends a message, and goes on as soon as Twilio has taken it. */
  'send-message': {
    required: {
      /** Who sends it: `{{flow.channel.address}}`, or a messaging service. */
      from: text,
    },
    optional: {
      /** Who gets it; default `{{contact.channel.address}}`. */
      to: text,
      ...message,
    },
    exits: {
      /** Twilio took it. */
      sent: exit,
      /** Twilio refused it. */
      failed: exit,
    },
  },
  /** Sends a message, and waits for an answer: `inbound.Body`. */
  'send-and-wait-for-reply': {
    required: {
      /** Who sends it: `{{flow.channel.address}}`. */
      from: text,
    },
    optional: {
      ...message,
      /** Seconds that it waits, as a text; default 3600, at most 14400. */
      timeout: text,
      /** Variable that keeps the answer too. */
      save_response_as: text,
    },
    exits: {
      /** The answer is there. */
      incomingMessage: exit,
      /** There is none. */
      timeout: exit,
      /** Nobody got the message. */
      deliveryFailure: exit,
    },
  },
  /** Makes a conversation; only where the REST API began the execution. */
  'start-conversation': {
    required: {
      /** The service in which it is made, `IS…`. */
      conversation_service_sid: text,
      /** Who takes part: `{ type: 'sms', messaging_binding_address, messaging_binding_proxy_address }`, or `{ type: 'chat', identity }`. */
      participants: list,
    },
    optional: {
      /** What it is called. */
      friendly_name: text,
      /** JSON that it keeps. */
      attributes: text,
      /** The messaging service that it uses, `MG…`. */
      messaging_service_sid: text,
      /** After what it is inactive, ISO 8601: `PT10M`. */
      timers_inactive: text,
      /** After what it is closed. */
      timers_closed: text,
      /** Whether it is closed with the execution. */
      close_conversation_on_execution_end: flag,
    },
    exits: {
      /** It is there. */
      created: exit,
      /** It could not be made. */
      failed: exit,
    },
  },
  /** Goes on in a conversation that there is; only where the REST API began the execution. */
  'resume-conversation': {
    required: {
      /** The service that it is in, `IS…`. */
      conversation_service_sid: text,
    },
    optional: {
      /** The conversation, `CH…`. */
      conversation_sid: text,
      /** JSON that it keeps. */
      attributes: text,
    },
    exits: {
      /** It goes on. */
      resumed: exit,
      /** It could not. */
      failed: exit,
    },
  },
} as const satisfies Readonly<Record<string, WidgetDescription>>
