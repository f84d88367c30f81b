import {
  exit,
  flag,
  integer,
  object,
  oneOf,
  pairs,
  text,
  texts,
  type WidgetDescription,
} from './property.ts'

/** What hands calls over to machines: payments, streams, virtual agents. */
export const machineWidgets = {
  /** Copies the sound of the call to a server. */
  'fork-stream': {
    required: {
      /** Begin or end. */
      stream_action: oneOf('start', 'stop'),
    },
    optional: {
      /** What it is called, so that it can be ended. */
      stream_name: text,
      /** How it is sent. */
      stream_transport_type: oneOf('websocket', 'siprec'),
      /** Where to, `wss://…`. */
      stream_url: text,
      /** Which connector, for `siprec`. */
      stream_connector: text,
      /** Which side is sent. */
      stream_track: oneOf('inbound_track', 'outbound_track', 'both_tracks'),
      /** What goes along. */
      stream_parameters: pairs,
    },
    exits: {
      /** Always. */
      next: exit,
    },
  },
  /** Takes a payment by keys. */
  'capture-payments': {
    required: {},
    optional: {
      /** Who handles it. */
      payment_connector: text,
      /** Whether the token can be used again. */
      payment_token_type: oneOf('one-time', 'reusable'),
      /** How much, `10.50`; 0 only keeps the card. */
      payment_amount: text,
      /** Of what: `usd`. */
      currency: text,
      /** What for. */
      description: text,
      /** Card or account. */
      payment_method: oneOf('CREDIT_CARD', 'ACH_DEBIT'),
      /** Kind of account. */
      bank_account_type: text,
      /** Cards that are taken: `visa`. */
      valid_card_types: texts,
      /** Whether the code on the back is asked for. */
      security_code: flag,
      /** Whether the postal code is asked for, or the code itself. */
      postal_code: text,
      /** How long it is at least. */
      min_postal_code_length: integer,
      /** Seconds that it waits for each key. */
      timeout: integer,
      /** How often it asks. */
      max_attempts: integer,
      /** Language that it speaks. */
      language: text,
      /** What the connector gets. */
      parameters: pairs,
    },
    exits: {
      /** It is paid. */
      success: exit,
      /** Nothing valid was pressed. */
      maxFailedAttempts: exit,
      /** The connector refused it. */
      providerError: exit,
      /** The caller pressed `*`. */
      payInterrupted: exit,
      /** The caller hung up. */
      hangup: exit,
      /** What is asked for is not possible. */
      validationError: exit,
    },
  },
  /** Has a Dialogflow ES agent talk; the older one. */
  'connect-virtual-agent': {
    required: {
      /** The connector. */
      connector: text,
    },
    optional: {
      /** Language of the talk. */
      language: text,
      /** Whether moods are told, as a text. */
      sentiment_analysis: text,
      /** Who is told how it goes. */
      status_callback: text,
    },
    exits: {
      /** It is over. */
      return: exit,
      /** The caller hung up. */
      hangup: exit,
    },
  },
  /** Has a virtual agent talk. */
  'connect-virtual-agent-v2': {
    required: {},
    optional: {
      /** On a call, or in a conversation. */
      channel: oneOf('voice', 'conversations'),
      /** The connector. */
      connector_name: text,
      /** Its SIDs: `addon_sid`, `installed_addon_sid`, `name`. */
      connector_details: object,
      /** Its settings. */
      configurations: pairs,
      /** What it gets. */
      parameters: pairs,
      /** Whether an earlier talk goes on. */
      session_behavior: text,
      /** Who is told how it goes. */
      status_callback: text,
      /** How: `GET` or `POST`. */
      status_callback_method: text,
      /** Seconds that it waits. */
      timeout: integer,
    },
    exits: {
      /** It is over. */
      completed: exit,
      /** It wants a person. */
      'live-agent-handoff': exit,
      /** The caller hung up. */
      hangup: exit,
      /** It broke. */
      failed: exit,
      /** It waits. */
      paused: exit,
      /** It waited too long. */
      timeout: exit,
    },
  },
  /** Has a server of one's own talk, in texts. */
  'run-conversation-relay': {
    required: {},
    optional: {
      /** The server, `wss://…`. */
      url: text,
      /** What is said first. */
      welcome_greeting: text,
      /** Who makes speech of texts. */
      tts_provider: text,
      /** The voice. */
      voice: text,
      /** Language of the talk. */
      language: text,
      /** Who makes texts of speech. */
      transcription_provider: text,
      /** How it is understood. */
      speech_model: text,
      /** Whether the caller may cut in, as a text. */
      interruptible: text,
      /** What the server gets. */
      parameters: pairs,
    },
    exits: {
      /** It is over. */
      success: exit,
      /** It broke. */
      failed: exit,
    },
  },
} as const satisfies Readonly<Record<string, WidgetDescription>>
