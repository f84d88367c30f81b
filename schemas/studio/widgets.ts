/** JSON types that a widget's properties have. */
export type PropertyType = 'string' | 'integer' | 'boolean' | 'array' | 'object'

/** What a definition may say of a widget of one type. */
export type Widget = {
  readonly required: readonly string[]
  readonly properties: Readonly<Record<string, PropertyType>>
  /** The values of properties that have only these. */
  readonly choices: Readonly<Record<string, readonly string[]>>
  readonly events: readonly string[]
}

/** The same in words: lists of names, parted by blanks. The compiler reads them too, for the builder of flows. */
export type WidgetDescription = Readonly<
  Partial<
    Record<
      'required' | 'strings' | 'integers' | 'booleans' | 'pairs' | 'arrays' | 'objects',
      string
    >
  >
> & { readonly choices?: Readonly<Record<string, string>>; readonly events: string }

function widget(description: WidgetDescription): Widget {
  const { required, strings, integers, booleans, pairs, arrays, objects, choices, events } =
    description
  const of = (type: PropertyType, names?: string) =>
    words(names).map((name): [string, PropertyType] => [name, type])
  return {
    required: words(required),
    properties: table([
      ...of('string', strings),
      ...of('integer', integers),
      ...of('boolean', booleans),
      // Lists of keys and values.
      ...of('array', pairs),
      ...of('array', arrays),
      ...of('object', objects),
    ]),
    choices: table(Object.entries(choices ?? {}).map(([name, values]) => [name, words(values)])),
    events: words(events),
  }
}

// Looked up by names from outside, `constructor` among them.
function table<T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> {
  return Object.assign(Object.create(null), Object.fromEntries(entries))
}

function words(text = ''): string[] {
  return text === '' ? [] : text.split(' ')
}

const message = {
  strings:
    'from to body media_url service channel attributes message_type content_sid timeout save_response_as',
  pairs: 'content_variables',
  choices: { message_type: 'custom content_template' },
} as const

const descriptions = {
  trigger: {
    events:
      'incomingMessage incomingCall incomingConversationMessage incomingRequest incomingParent',
  },
  'split-based-on': { required: 'input', strings: 'input', events: 'noMatch match' },
  'set-variables': { pairs: 'variables', events: 'next' },
  'say-play': {
    strings: 'say play digits voice language',
    integers: 'loop',
    events: 'audioComplete',
  },
  'gather-input-on-call': {
    strings:
      'say play voice language finish_on_key gather_language hints speech_timeout speech_model profanity_filter save_response_as',
    integers: 'loop timeout number_of_digits',
    booleans: 'stop_gather',
    events: 'keypress speech timeout',
  },
  'make-http-request': {
    required: 'url',
    strings: 'url method content_type body',
    booleans: 'add_twilio_auth',
    pairs: 'parameters',
    events: 'success failed',
  },
  'run-function': {
    required: 'url',
    strings: 'url service_sid environment_sid function_sid',
    pairs: 'parameters',
    events: 'success fail',
  },
  'send-message': { required: 'from', ...message, events: 'sent failed' },
  'send-and-wait-for-reply': {
    required: 'from',
    ...message,
    events: 'incomingMessage timeout deliveryFailure',
  },
  'make-outgoing-call-v1': {
    required: 'from to',
    strings: 'from to',
    integers: 'timeout',
    booleans: 'record',
    events: 'answered busy noAnswer failed answeredByMachine hangup',
  },
  'make-outgoing-call-v2': {
    required: 'from to',
    strings:
      'from to recording_channels recording_status_callback trim machine_detection machine_detection_timeout machine_detection_speech_threshold machine_detection_speech_end_threshold machine_detection_silence_timeout send_digits sip_auth_username sip_auth_password',
    integers: 'timeout',
    booleans: 'record detect_answering_machine',
    events: 'answered busy noAnswer failed',
  },
  'connect-call-to': {
    required: 'noun',
    strings: 'noun caller_id to sip_endpoint sip_username sip_password time_limit',
    integers: 'timeout',
    booleans: 'record',
    choices: { noun: 'number number-multi client sip sim conference' },
    events: 'callCompleted hangup',
  },
  'enqueue-call': {
    strings: 'workflow_sid queue_name task_attributes wait_url wait_url_method',
    integers: 'priority timeout',
    events: 'callComplete failedToEnqueue callFailure',
  },
  'send-to-flex': {
    required: 'workflow channel',
    strings: 'workflow channel attributes priority timeout waitUrl waitUrlMethod',
    events: 'callComplete failedToEnqueue callFailure composerStarted',
  },
  'record-call': {
    required: 'record_call',
    strings:
      'recording_status_callback recording_status_callback_method recording_status_callback_events recording_channels trim',
    booleans: 'record_call',
    choices: { recording_channels: 'mono dual' },
    events: 'success failed',
  },
  'record-voicemail': {
    strings:
      'finish_on_key transcription_callback_url trim play_beep recording_status_callback_url',
    integers: 'timeout max_length',
    booleans: 'transcribe',
    events: 'recordingComplete noAudio hangup',
  },
  'fork-stream': {
    required: 'stream_action',
    strings:
      'stream_action stream_name stream_transport_type stream_url stream_connector stream_track',
    pairs: 'stream_parameters',
    choices: {
      stream_action: 'start stop',
      stream_transport_type: 'websocket siprec',
      stream_track: 'inbound_track outbound_track both_tracks',
    },
    events: 'next',
  },
  'run-subflow': {
    required: 'flow_sid flow_revision',
    strings: 'flow_sid flow_revision',
    pairs: 'parameters',
    events: 'completed failed',
  },
  'add-twiml-redirect': {
    required: 'url',
    strings: 'url method timeout',
    events: 'return timeout fail',
  },
  'capture-payments': {
    strings:
      'payment_connector payment_token_type payment_amount currency description payment_method bank_account_type postal_code language',
    integers: 'min_postal_code_length timeout max_attempts',
    booleans: 'security_code',
    pairs: 'parameters',
    arrays: 'valid_card_types',
    choices: { payment_token_type: 'one-time reusable', payment_method: 'CREDIT_CARD ACH_DEBIT' },
    events: 'success maxFailedAttempts providerError payInterrupted hangup validationError',
  },
  'connect-virtual-agent': {
    required: 'connector',
    strings: 'connector language sentiment_analysis status_callback',
    events: 'return hangup',
  },
  'connect-virtual-agent-v2': {
    strings: 'channel connector_name session_behavior status_callback status_callback_method',
    integers: 'timeout',
    pairs: 'configurations parameters',
    objects: 'connector_details',
    choices: { channel: 'voice conversations' },
    events: 'completed live-agent-handoff hangup failed paused timeout',
  },
  'start-conversation': {
    required: 'conversation_service_sid participants',
    strings:
      'conversation_service_sid friendly_name attributes messaging_service_sid timers_inactive timers_closed',
    booleans: 'close_conversation_on_execution_end',
    arrays: 'participants',
    events: 'created failed',
  },
  'resume-conversation': {
    required: 'conversation_service_sid',
    strings: 'conversation_service_sid conversation_sid attributes',
    events: 'resumed failed',
  },
  'run-conversation-relay': {
    strings:
      'url welcome_greeting tts_provider voice language transcription_provider speech_model interruptible',
    pairs: 'parameters',
    events: 'success failed',
  },
} as const satisfies Readonly<Record<string, WidgetDescription>>

/** The descriptions as types: what the builder of flows checks a widget with. */
export type WidgetDescriptions = typeof descriptions

/** Every widget whose properties and events are known, by the `type` of its state. */
export const widgets: Readonly<Record<string, Widget>> = table(
  Object.entries(descriptions).map(([type, description]) => [type, widget(description)]),
)

/** Every `type` that a definition may name; of those without an entry above only the type itself is checked. */
export const widgetTypes: readonly string[] = [
  ...Object.keys(widgets),
  'add-member-to-chat-channel',
  'create-chat-channel',
  'create-task',
  'run-function-v2',
  'understand',
  'update-sync-object',
]
