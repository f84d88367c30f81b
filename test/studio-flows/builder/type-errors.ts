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
    // @ts-expect-error: no such function
    rescue: { type: 'add-twiml-redirect', url: reference.function('nobody') },
  },
})
