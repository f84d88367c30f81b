import assert from 'node:assert/strict'
import { checkFlow, describeFlowProblem } from '../../../routing/index.ts'

type Exits = Readonly<Record<string, string | undefined>>

const trigger = (exits: Exits = { incomingCall: 'hello' }) =>
  widget('Trigger', 'trigger', {}, exits)
const hello = (exits: Exits = {}, properties: object = { say: 'Hello' }) =>
  widget('hello', 'say-play', properties, exits)

function widget(name: string, type: string, properties: object, exits: Exits = {}) {
  const transitions = Object.entries(exits).map(([event, next]) => ({ event, next }))
  return { name, type, properties: { offset: { x: 0, y: 0 }, ...properties }, transitions }
}

function split(name: string, branches: readonly (readonly [string, string, string])[]) {
  const input = '{{widgets.hello.Digits}}'
  return {
    ...widget(name, 'split-based-on', { input }),
    transitions: [
      { event: 'noMatch', next: 'hello' },
      ...branches.map(([type, value, next]) => ({
        event: 'match',
        next,
        conditions: [{ friendly_name: 'If', arguments: [input], type, value }],
      })),
    ],
  }
}

const flow = (...states: unknown[]) => ({ states, initial_state: 'Trigger' })

function found(definition: unknown, severity?: 'error' | 'warning'): string[] {
  return checkFlow(definition)
    .filter((problem) => severity === undefined || problem.severity === severity)
    .map((problem) => `${problem.path}: ${describeFlowProblem(problem)}`)
}

describe('checkFlow', () => {
  it('finds nothing wrong with a sound flow', () => {
    const menu = split('menu', [['equal_to', '1', 'bye']])
    const gather = widget(
      'hello',
      'gather-input-on-call',
      { say: 'Press 1', timeout: 5 },
      { keypress: 'menu', timeout: 'bye' },
    )
    const bye = widget('bye', 'say-play', {
      say: 'Bye {{contact.channel.address | replace: "+", "%2B"}}',
    })
    assert.deepEqual(found(flow(trigger(), gather, menu, bye)), [])
  })

  it('takes any value', () => {
    assert.deepEqual(found(undefined), [': is missing; give it the form that Studio exports'])
    assert.deepEqual(found('{}'), [': is a string; write an object'])
    assert.deepEqual(found({ states: [null, 7, {}], initial_state: 1 }, 'error').slice(0, 4), [
      'initial_state: is an integer; write a string',
      'states[0]: is null; write an object',
      'states[1]: is an integer; write an object',
      'states[2].name: is missing; give it the form that Studio exports',
    ])
  })

  it('refuses a transition to a widget that is not there, and says which was meant', () => {
    assert.deepEqual(found(flow(trigger({ incomingCall: 'helo' }), hello())), [
      'states[0].transitions[0].next: Trigger: on incomingCall it leads to “helo”, which is no widget; did you mean “hello”?',
    ])
  })

  it('refuses two widgets of one name, and names that can’t be', () => {
    assert.deepEqual(found(flow(trigger(), hello(), hello()), 'error'), [
      'states[2].name: hello: is the name of states[1] already; give each its own name',
    ])
    const ended = widget('Ended', 'say-play', { say: 'x' })
    assert.match(
      found(flow(trigger({ incomingCall: 'Ended' }), ended), 'error')[0] ?? '',
      /Ended: .*end of a flow/,
    )
  })

  it('wants one trigger, and the flow to begin there', () => {
    assert.match(found(flow(hello())).join(), /states: there is no trigger/)
    assert.match(
      found({ ...flow(trigger(), hello()), initial_state: 'hello' }).join(),
      /initial_state: names “hello”, which is not the trigger; write “Trigger”/,
    )
    const second = widget('Other', 'trigger', {}, {})
    assert.match(
      found(flow(trigger(), hello(), second), 'error').join(),
      /states\[2\]: Other: is a second trigger/,
    )
  })

  it('refuses unknown types, events and choices', () => {
    const odd = widget('odd', 'say-paly', {}, {})
    const dial = widget('dial', 'connect-call-to', { noun: 'phone' }, { done: 'odd' })
    assert.deepEqual(found(flow(trigger({ incomingCall: 'dial' }), odd, dial), 'error'), [
      'states[1].type: odd: “say-paly” is no type of widget; did you mean “say-play”?',
      'states[2].properties.noun: dial: “phone” is no noun of connect-call-to; write one of number, number-multi, client, sip, sim, conference',
      'states[2].transitions[0].event: dial: “done” is no event of connect-call-to; it has callCompleted, hangup',
    ])
  })

  it('leaves to Studio what may be a type that is not known yet', () => {
    const definition = flow(
      trigger({ incomingCall: 'hello' }),
      widget('hello', 'constructor', {}, {}),
    )
    assert.deepEqual(found(definition, 'error'), [])
    assert.deepEqual(found(definition, 'warning'), [
      'states[1].type: hello: “constructor” is no known type of widget; Studio will say whether it is',
    ])
  })

  it('refuses missing properties and wrong types', () => {
    const gather = widget('hello', 'gather-input-on-call', { say: 'x', timeout: '5' }, {})
    const empty = widget('split', 'split-based-on', {}, {})
    assert.deepEqual(found(flow(trigger(), gather, empty), 'error'), [
      'states[1].properties.timeout: hello: is a string; write an integer',
      'states[2].properties.input: split: is missing; split-based-on needs it',
    ])
  })

  it('suggests the name that Studio has for a property', () => {
    const gather = widget(
      'hello',
      'gather-input-on-call',
      { say: 'x', num_digits: 1 },
      { keypress: '' },
    )
    assert.deepEqual(found(flow(trigger(), gather)), [
      'states[1].properties.num_digits: hello: has no meaning; did you mean “number_of_digits”?',
    ])
  })

  it('refuses conditions that can’t hold', () => {
    const menu = split('menu', [
      ['equals', '1', 'hello'],
      ['equal_to', '', 'hello'],
      ['matches_any_of', '1,,2', 'hello'],
      ['less_than', 'ten', 'hello'],
      ['is_after_date', '2026-02-30', 'hello'],
      ['is_before_time', '9:00', 'hello'],
      ['regex', '(', 'hello'],
      ['regex', '(?i)yes', 'hello'],
      ['less_than', '{{flow.variables.n}}', 'hello'],
      ['is_blank', '', 'hello'],
    ])
    const errors = found(flow(trigger({ incomingCall: 'menu' }), menu, hello()), 'error')
    assert.deepEqual(
      errors.map((text) =>
        text.replace(/^.*transitions\[(\d+)\].*: menu: /, '$1 ').replace(/;.*/, ''),
      ),
      [
        '1 “equals” is no kind of condition',
        '2 is empty',
        '3 “1,,2” has an empty entry',
        '4 “ten” is no number',
        '5 “2026-02-30” is no date',
        '6 “9:00” is no time',
        '7 “(” does not compile: /(/: Unterminated group',
      ],
    )
  })

  it('warns of a branch that another one shadows, and of another text than the input', () => {
    const menu = split('menu', [
      ['equal_to', '1', 'hello'],
      ['equal_to', '1', 'menu'],
    ])
    const other = { ...menu, properties: { input: '{{trigger.call.From}}' } }
    assert.match(
      found(flow(trigger({ incomingCall: 'menu' }), menu, hello())).join(),
      /transitions\[2\]: menu: asks the same as a branch before it/,
    )
    assert.match(
      found(flow(trigger({ incomingCall: 'menu' }), other, hello())).join(),
      /not the input of the split/,
    )
  })

  it('warns of what is never reached, and of a trigger that leads nowhere', () => {
    const lost = widget('lost', 'set-variables', {}, {})
    assert.deepEqual(found(flow(trigger(), hello(), lost)), [
      'states[2]: lost: is never reached; lead somewhere to it, or remove it',
    ])
    assert.match(found(flow(trigger({}))).join(), /Trigger: leads nowhere/)
  })

  it('warns of exits on which somebody falls out of the flow', () => {
    const queue = widget('queue', 'enqueue-call', { queue_name: 'support' }, { callComplete: '' })
    const http = widget(
      'http',
      'make-http-request',
      { url: 'https://example.com' },
      { success: 'queue' },
    )
    assert.deepEqual(found(flow(trigger({ incomingCall: 'http' }), http, queue)), [
      'states[1].transitions: http: leads nowhere on failed; lead it on, so that nobody falls out of the flow unheard',
      'states[2].transitions: queue: leads nowhere on failedToEnqueue; lead it on, so that nobody falls out of the flow unheard',
    ])
  })

  it('wants a call for what only calls have', () => {
    const start = trigger({ incomingMessage: 'hello' })
    assert.match(
      found(flow(start, hello()), 'error').join(),
      /hello: say-play needs a call, and there is none/,
    )
    const both = trigger({ incomingMessage: 'hello', incomingCall: 'hello' })
    assert.match(found(flow(both, hello()), 'warning').join(), /on some ways there is none/)
    assert.deepEqual(found(flow(trigger({ incomingParent: 'hello' }), hello())), [])
    const call = widget(
      'call',
      'make-outgoing-call-v2',
      { from: 'a', to: 'b' },
      { answered: 'hello', failed: '' },
    )
    assert.deepEqual(found(flow(trigger({ incomingRequest: 'call' }), call, hello()), 'error'), [])
    const conversation = widget(
      'talk',
      'start-conversation',
      { conversation_service_sid: 'IS1', participants: [] },
      {},
    )
    assert.match(
      found(flow(trigger({ incomingMessage: 'talk' }), conversation), 'error').join(),
      /REST API/,
    )
  })

  it('warns of a loop that waits for nobody', () => {
    const set = widget('set', 'set-variables', {}, { next: 'again' })
    const again = widget('again', 'set-variables', {}, { next: 'set' })
    assert.match(
      found(flow(trigger({ incomingCall: 'set' }), set, again)).join(),
      /set → again → set goes round/,
    )
  })

  it('looks into templates', () => {
    const says = (say: string) =>
      found(flow(trigger(), hello({}, { say }))).map((text) => text.replace(/^.*?hello: /, ''))
    assert.deepEqual(says('{{ a'), ['the template “{{ a” has no end; close it with }} or %}'])
    assert.deepEqual(says('{% if a %}x'), ['{% if %} has no end; write {% endif %}'])
    assert.deepEqual(says('{{ a | dowcase }}'), [
      '“dowcase” is no known filter; did you mean “downcase”?',
    ])
    assert.deepEqual(says('{{ a + 1 }}'), ['“a + 1” adds with +; write | plus: 1'])
    assert.deepEqual(says('{{ widgets.helo.Digits }}'), [
      'reads “widgets.helo”, which is no widget; did you mean “hello”?',
    ])
    assert.deepEqual(says('{"a":{"b":"{{ a | default: "{" }}"}} {% raw %}{{ x{% endraw %}'), [])
  })

  it('refuses task attributes that are no JSON, whatever their templates become', () => {
    const queue = (task_attributes: string) =>
      found(
        flow(
          trigger({ incomingCall: 'q' }),
          widget('q', 'enqueue-call', { queue_name: 'a', task_attributes }, {}),
        ),
        'error',
      )
    assert.deepEqual(
      queue('{"from": "{{contact.channel.address}}", "n": {{flow.variables.n}}}'),
      [],
    )
    assert.deepEqual(queue('{{flow.variables.all}}'), [])
    assert.deepEqual(queue('{"n": 1 {{flow.variables.more}}}'), [])
    assert.match(queue('{"from": {{a}}').join(), /properties.task_attributes: q: is not JSON/)
  })

  it('wants the SID of a sub-flow, one revision of each, and one target of a queue', () => {
    const sub = (name: string, flow_sid: string, flow_revision: string) =>
      widget(name, 'run-subflow', { flow_sid, flow_revision }, { completed: '', failed: '' })
    const sid = `FW${'1'.repeat(32)}`
    const errors = found(
      flow(
        trigger({ incomingCall: 'a' }),
        sub('a', '{{x}}', 'Newest'),
        sub('b', sid, '1'),
        sub('c', sid, '2'),
      ),
      'error',
    )
    assert.deepEqual(
      errors.map((text) => text.replace(/;.*/, '')),
      [
        'states[1].properties.flow_sid: a: “{{x}}” is no flow',
        'states[1].properties.flow_revision: a: “Newest” is no revision',
        'states[3].properties.flow_revision: c: runs revision 2 of a flow that another widget runs as 1',
      ],
    )
    const queue = widget('q', 'enqueue-call', { queue_name: 'a', workflow_sid: 'WW1' }, {})
    assert.match(
      found(flow(trigger({ incomingCall: 'q' }), queue), 'error').join(),
      /names a workflow and a queue/,
    )
  })
})
