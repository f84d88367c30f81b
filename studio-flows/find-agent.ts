import { flow } from './builder/index.ts'

const person = '{{trigger.request.parameters.selected_agent.name}}'
const ticket = '{{trigger.request.parameters.ticket_no}}'

/**
 * Calls one person about an incident and asks for a decision. What came of it lies in the variable `outcome` when the execution ends;
 * `functions/incidents/` reads it there and goes on with the next person. Without `outcome` the person was gone before deciding.
 */
export const findAgent = flow('find-agent', {
  description: 'Calls one person about an incident: accept, pass on or escalate',
  trigger: { on: { incomingRequest: 'call_agent' } },
  widgets: {
    call_agent: {
      type: 'make-outgoing-call-v2',
      from: '{{flow.channel.address}}',
      to: '{{contact.channel.address}}',
      timeout: 60,
      detect_answering_machine: true,
      machine_detection: 'Enable',
      machine_detection_timeout: '10',
      on: {
        answered: 'who_answered',
        busy: 'was_busy',
        noAnswer: 'no_answer',
        failed: 'call_failed',
      },
    },
    who_answered: {
      type: 'split-based-on',
      input: '{{widgets.call_agent.AnsweredBy}}',
      on: {
        match: [
          { starts_with: 'machine', next: 'was_machine' },
          { equal_to: 'fax', next: 'was_machine' },
        ],
        noMatch: 'menu',
      },
    },
    menu: {
      type: 'gather-input-on-call',
      say: `Hello ${person}. Incident ${ticket} needs an engineer. Press 1 to accept it, 2 for the next on-call engineer, 3 to escalate.`,
      timeout: 10,
      number_of_digits: 1,
      finish_on_key: '#',
      stop_gather: true,
      loop: 1,
      on: { keypress: 'which_key', timeout: 'was_silent' },
    },
    which_key: {
      type: 'split-based-on',
      input: '{{widgets.menu.Digits}}',
      on: {
        match: [
          { equal_to: '1', label: 'accept', next: 'accepted' },
          { equal_to: '2', label: 'next engineer', next: 'passed_on' },
          { equal_to: '3', label: 'escalate', next: 'escalated' },
        ],
        noMatch: 'other_key',
      },
    },
    accepted: { type: 'set-variables', variables: { outcome: 'accepted' }, on: { next: 'thanks' } },
    thanks: {
      type: 'say-play',
      say: `Thank you, ${person}. Incident ${ticket} is yours. Goodbye.`,
    },
    passed_on: { type: 'set-variables', variables: { outcome: 'next' }, on: { next: 'goodbye' } },
    escalated: {
      type: 'set-variables',
      variables: { outcome: 'escalate' },
      on: { next: 'goodbye' },
    },
    other_key: {
      type: 'set-variables',
      variables: { outcome: 'otherKey' },
      on: { next: 'goodbye' },
    },
    was_silent: {
      type: 'set-variables',
      variables: { outcome: 'silence' },
      on: { next: 'goodbye' },
    },
    goodbye: { type: 'say-play', say: 'We will call somebody else. Goodbye.' },
    was_machine: { type: 'set-variables', variables: { outcome: 'machine' } },
    was_busy: { type: 'set-variables', variables: { outcome: 'busy' } },
    no_answer: { type: 'set-variables', variables: { outcome: 'noAnswer' } },
    call_failed: { type: 'set-variables', variables: { outcome: 'failed' } },
  },
})
