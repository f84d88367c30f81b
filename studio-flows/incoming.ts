import { flow, json, reference } from './builder/index.ts'

// The first prompt waits a second and the second four: silence takes five, as in the menu of the functions.
const afterSpanish = 1
const afterEnglish = 4

/** What callers of the main line go through: opening hours, choice of a language, queue; then as the functions go on. */
export const incoming = flow('incoming', {
  description: 'The main line',
  trigger: { on: { incomingCall: 'hours' } },
  widgets: {
    hours: {
      type: 'make-http-request',
      url: reference.function('openingHours'),
      method: 'GET',
      content_type: 'application/x-www-form-urlencoded;charset=utf-8',
      on: { success: 'open', failed: 'welcome' },
    },
    open: {
      type: 'split-based-on',
      input: '{{widgets.hours.parsed.open}}',
      on: { match: [{ equal_to: 'false', next: 'closed' }], noMatch: 'welcome' },
    },
    closed: {
      type: 'say-play',
      say: '{{widgets.hours.parsed.closedPrompt}}',
      language: '{{widgets.hours.parsed.voiceLanguage}}',
    },
    welcome: {
      type: 'say-play',
      say: reference.setting('welcome'),
      language: reference.setting('en.voiceLanguage'),
      on: { audioComplete: 'spanish_menu' },
    },
    spanish_menu: {
      type: 'gather-input-on-call',
      say: reference.setting('es.prompt'),
      language: reference.setting('es.voiceLanguage'),
      number_of_digits: 1,
      // Without a key that ends the input, # is a wrong key as any other.
      finish_on_key: '',
      timeout: afterSpanish,
      on: { keypress: 'early_key', timeout: 'english_menu' },
    },
    english_menu: {
      type: 'gather-input-on-call',
      say: reference.setting('en.prompt'),
      language: reference.setting('en.voiceLanguage'),
      number_of_digits: 1,
      finish_on_key: '',
      timeout: afterEnglish,
      on: { keypress: 'late_key', timeout: 'english' },
    },
    early_key: {
      type: 'split-based-on',
      input: '{{widgets.spanish_menu.Digits}}',
      on: {
        match: [
          { equal_to: '1', next: 'spanish' },
          { equal_to: '2', next: 'english' },
        ],
        noMatch: 'wrong_key',
      },
    },
    late_key: {
      type: 'split-based-on',
      input: '{{widgets.english_menu.Digits}}',
      on: {
        match: [
          { equal_to: '1', next: 'spanish' },
          { equal_to: '2', next: 'english' },
        ],
        noMatch: 'wrong_key',
      },
    },
    wrong_key: {
      type: 'set-variables',
      variables: { wrong_keys: '{{flow.variables.wrong_keys | plus: 1}}' },
      on: { next: 'once_more' },
    },
    once_more: {
      type: 'split-based-on',
      input: '{{flow.variables.wrong_keys}}',
      on: { match: [{ less_than: '3', next: 'spanish_menu' }], noMatch: 'english' },
    },
    spanish: { type: 'set-variables', variables: { language: 'es' }, on: { next: 'queue' } },
    english: { type: 'set-variables', variables: { language: 'en' }, on: { next: 'queue' } },
    queue: {
      type: 'enqueue-call',
      workflow_sid: reference.workflow('calls'),
      task_attributes: json({ selected_language: '{{flow.variables.language}}' }),
      wait_url: `${reference.function('waitMusic')}?language={{flow.variables.language}}`,
      wait_url_method: 'GET',
      on: {
        callComplete: 'left_queue',
        failedToEnqueue: 'left_queue',
        callFailure: 'left_queue',
      },
    },
    // The functions know what comes after a queue, and take messages.
    left_queue: {
      type: 'add-twiml-redirect',
      url: `${reference.function('queueExit')}?language={{flow.variables.language}}&result={{widgets.queue.QueueResult}}`,
      method: 'POST',
      timeout: '0',
    },
  },
})
