import { flow, reference } from '../../../studio-flows/builder/index.ts'

flow('reception', {
  trigger: { on: { incomingCall: 'welcome' } },
  widgets: {
    welcome: { type: 'say-play', say: 'Hello.', on: { audioComplete: 'menu' } },
    menu: {
      type: 'gather-input-on-call',
      say: 'Press one for sales.',
      number_of_digits: 1,
      on: { keypress: 'choice', timeout: 'welcome' },
    },
    choice: {
      type: 'split-based-on',
      input: '{{widgets.menu.Digits}}',
      on: {
        match: [
          { equal_to: '1', next: 'sales' },
          { all: [{ contains: '2' }, { is_not_blank: '' }], next: 'welcome' },
        ],
        noMatch: 'menu',
      },
    },
    sales: { type: 'enqueue-call', workflow_sid: reference.workflow('sales') },
  },
})

// Every type that real flows use much, each with what it needs, and an exit of its own.
flow('every', {
  trigger: {
    on: {
      incomingMessage: 'choice',
      incomingCall: 'choice',
      incomingConversationMessage: 'choice',
      incomingRequest: 'choice',
      incomingParent: 'choice',
    },
  },
  widgets: {
    choice: { type: 'split-based-on', input: '{{trigger.call.From}}', on: { noMatch: 'ask' } },
    ask: {
      type: 'make-http-request',
      url: 'https://crm.example',
      method: 'POST',
      content_type: 'application/json',
      body: '{}',
      add_twilio_auth: false,
      on: { success: 'tell', failed: 'tell' },
    },
    tell: {
      type: 'send-message',
      from: '{{flow.channel.address}}',
      body: 'Hello',
      content_variables: { name: '{{contact.channel.address}}' },
      on: { sent: 'agent', failed: 'agent' },
    },
    agent: {
      type: 'send-to-flex',
      workflow: reference.workflow('calls'),
      channel: reference.channel('voice'),
      priority: '1',
      timeout: '60',
      on: { callComplete: 'say', failedToEnqueue: 'say', callFailure: 'say' },
    },
    say: { type: 'say-play', say: 'Hello', loop: 1, on: { audioComplete: 'keep' } },
    keep: { type: 'set-variables', variables: { tier: '1' }, on: { next: 'compute' } },
    compute: {
      type: 'run-function',
      url: reference.function('waitMusic'),
      parameters: { a: 'b' },
      on: { success: 'other', fail: 'other' },
    },
    other: {
      type: 'run-subflow',
      flow_sid: reference.flow('other'),
      flow_revision: 'LatestPublished',
      parameters: [{ key: 'roster', value: '[]', type: 'json_object' }],
      on: { completed: 'gather', failed: 'gather' },
    },
    gather: {
      type: 'gather-input-on-call',
      profanity_filter: 'false',
      stop_gather: true,
      on: { keypress: 'reply', speech: 'reply', timeout: 'reply' },
    },
    reply: {
      type: 'send-and-wait-for-reply',
      from: '{{flow.channel.address}}',
      timeout: '3600',
      on: { incomingMessage: 'voicemail', timeout: 'voicemail', deliveryFailure: 'voicemail' },
    },
    voicemail: {
      type: 'record-voicemail',
      max_length: 60,
      play_beep: 'true',
      on: { recordingComplete: 'dial', noAudio: 'dial', hangup: 'dial' },
    },
    dial: {
      type: 'make-outgoing-call-v2',
      from: reference.number('main'),
      to: '{{contact.channel.address}}',
      machine_detection: 'DetectMessageEnd',
      on: { answered: 'connect', busy: 'connect', noAnswer: 'connect', failed: 'connect' },
    },
    connect: {
      type: 'connect-call-to',
      noun: 'number-multi',
      to: '+12025550188',
      on: { callCompleted: 'queue', hangup: 'queue' },
    },
    queue: { type: 'enqueue-call', queue_name: 'Everybody', on: { callComplete: 'talk' } },
    talk: {
      type: 'start-conversation',
      conversation_service_sid: reference.setting('conversations'),
      participants: [{ type: 'chat', identity: 'alice' }],
      on: { created: 'choice', failed: 'choice' },
    },
  },
})

flow('reception', {
  trigger: {
    on: {
      // @ts-expect-error: no such widget
      incomingCall: 'welcom',
    },
  },
  widgets: {
    welcome: {
      type: 'say-play',
      // @ts-expect-error: no such property
      sey: 'Hello.',
    },
    goodbye: {
      type: 'say-play',
      say: 'Goodbye.',
      // @ts-expect-error: no such exit
      on: { keypress: 'menu' },
    },
    menu: {
      type: 'gather-input-on-call',
      // @ts-expect-error: an integer
      number_of_digits: '1',
      on: {
        // @ts-expect-error: no such widget
        keypress: 'choise',
      },
    },
    choice: {
      type: 'split-based-on',
      input: '{{widgets.menu.Digits}}',
      on: {
        match: [
          // @ts-expect-error: no such widget
          { equal_to: '1', next: 'sale' },
          // @ts-expect-error: no such comparison
          { equals: '2', next: 'menu' },
        ],
      },
    },
    // @ts-expect-error: a required property is missing
    redirect: { type: 'add-twiml-redirect' },
    // @ts-expect-error: no such type
    search: { type: 'search' },
    dial: {
      type: 'connect-call-to',
      // @ts-expect-error: not one of the choices
      noun: 'phone',
    },
    record: {
      type: 'record-voicemail',
      // @ts-expect-error: Studio wants this as a text
      play_beep: true,
    },
    listen: {
      type: 'gather-input-on-call',
      // @ts-expect-error: true or false
      profanity_filter: 'yes',
    },
    request: {
      type: 'make-http-request',
      url: 'https://crm.example',
      // @ts-expect-error: Studio knows GET and POST
      method: 'FETCH',
    },
    subflow: {
      type: 'run-subflow',
      flow_sid: reference.flow('other'),
      // @ts-expect-error: no such revision
      flow_revision: 'Latest',
    },
    // @ts-expect-error: no such function
    rescue: { type: 'add-twiml-redirect', url: reference.function('nobody') },
  },
})
