import {
  documented,
  exit,
  flag,
  type Property,
  pairs,
  text,
  type WidgetDescription,
} from './property.ts'

/** What a flow begins with, decides and asks elsewhere. */
export const controlWidgets = {
  /** Where calls, messages and requests begin; one exit is taken, by what began. */
  trigger: {
    required: {},
    optional: {},
    exits: {
      /** A message came to the number. */
      incomingMessage: exit,
      /** Somebody calls the number. */
      incomingCall: exit,
      /** A message came into a conversation. */
      incomingConversationMessage: exit,
      /** An execution was made by REST. */
      incomingRequest: exit,
      /** Another flow runs this one. */
      incomingParent: exit,
    },
  },
  /** Compares a text, and leaves by the first branch that fits. Comparing, Studio trims and ignores the case. */
  'split-based-on': {
    required: {
      /** The template that is compared: `{{widgets.menu.Digits}}`. */
      input: text,
    },
    optional: {},
    exits: {
      /** No branch fits. */
      noMatch: exit,
      /** A branch; there may be several. */
      match: exit,
    },
  },
  /** Keeps texts for the rest of the execution, as `flow.variables.<key>`. */
  'set-variables': {
    required: {},
    optional: {
      /** Names and values; a number without quotes is a number afterwards. */
      variables: pairs,
    },
    exits: {
      /** Always. */
      next: exit,
    },
  },
  /** Asks a server; `parsed` holds what it answered as JSON. It has 10 s and 64 kB. */
  'make-http-request': {
    required: {
      /** Address; a plus in its query is `%2B`. */
      url: text,
    },
    optional: {
      /** How it is asked. */
      method: documented('GET', 'POST'),
      /** `application/json`, or `application/x-www-form-urlencoded` with `parameters`. */
      content_type: text,
      /** What is sent, with `application/json`. */
      body: text,
      /** What is sent as a form, or as the query of a GET. */
      parameters: pairs,
      /** Whether the account's own credentials are sent: for Twilio's APIs only. */
      add_twilio_auth: flag,
    },
    exits: {
      /** 2xx. */
      success: exit,
      /** Anything else, or nothing. */
      failed: exit,
    },
  },
  /** Calls a function of Twilio's, as a form. It has 10 s. */
  'run-function': {
    required: {
      /** Address of the function; the SIDs beside it only tell the editor what to show. */
      url: text,
    },
    optional: {
      /** Service of the function, `ZS…`, or `default`. */
      service_sid: text,
      /** Environment of the function, `ZE…`. */
      environment_sid: text,
      /** The function, `ZH…`. */
      function_sid: text,
      /** What it gets. */
      parameters: pairs,
    },
    exits: {
      /** 2xx or 3xx. */
      success: exit,
      /** Anything else, or nothing. */
      fail: exit,
    },
  },
  /** Runs another flow within this execution; it begins at its `incomingParent`. */
  'run-subflow': {
    required: {
      /** The flow; a template is not filled in here. */
      flow_sid: text,
      /** One of these words, or a number. */
      flow_revision: { type: 'string' } as Property<
        'LatestPublished' | 'LatestDraft' | `${number}`
      >,
    },
    optional: {
      /** What it gets as `trigger.parent.parameters`. */
      parameters: pairs,
    },
    exits: {
      /** It came to an end. */
      completed: exit,
      /** It could not be run. */
      failed: exit,
    },
  },
  /** Has a server's TwiML handle the call, until that sends it back with `?FlowEvent=return`. */
  'add-twiml-redirect': {
    required: {
      /** Address of the TwiML. */
      url: text,
    },
    optional: {
      /** Default POST. */
      method: documented('GET', 'POST'),
      /** Seconds until the call comes back by itself, as a text; 0 to 14400, the default. */
      timeout: text,
    },
    exits: {
      /** The TwiML sent the call back. */
      return: exit,
      /** It did not in time. */
      timeout: exit,
      /** There is no TwiML. */
      fail: exit,
    },
  },
} as const satisfies Readonly<Record<string, WidgetDescription>>
