import fc from 'fast-check'

/** A flow as JSON. */
export type Json = {
  description?: string
  $schema?: string
  states: Widget[]
  initial_state: string
  flags?: object
}

type Widget = {
  name: string
  type: string
  transitions: Exit[]
  properties: Record<string, unknown>
}
type Exit = { event: string; next?: string | null; conditions?: object[]; name?: string }

const digit = fc.constantFrom('1', '2', '3', '4', '5')

/** Flows that greet, ask, branch, send a message and hand the call on. */
export const flows: fc.Arbitrary<Json> = fc
  .record({
    say: fc.string({ unit: fc.constantFrom('a', ' ', '“', '{{contact.channel.address}}') }),
    digits: fc.uniqueArray(digit, { minLength: 1, maxLength: 5 }),
    targets: fc.array(fc.constantFrom('hello', 'text', 'queue', undefined), {
      minLength: 5,
      maxLength: 5,
    }),
    timeoutTo: fc.constantFrom('text', 'queue', undefined),
    // A template that has no end is refused, and rightly so.
    attributes: fc.dictionary(
      fc.constantFrom('topic', 'language', 'vip'),
      fc.string().filter((text) => !/\{[{%#]/.test(text)),
    ),
  })
  .map(({ say, digits, targets, timeoutTo, attributes }) => ({
    description: 'made up',
    states: [
      widget('Trigger', 'trigger', [{ event: 'incomingCall', next: 'hello' }], {}),
      widget(
        'hello',
        'gather-input-on-call',
        [
          { event: 'keypress', next: 'menu' },
          { event: 'timeout', ...(timeoutTo ? { next: timeoutTo } : {}) },
        ],
        { say },
      ),
      widget(
        'menu',
        'split-based-on',
        [
          { event: 'noMatch', next: 'hello' },
          ...digits.map((value, i): Exit => {
            const next = targets[i]
            return {
              event: 'match',
              ...(next ? { next } : {}),
              conditions: [
                {
                  friendly_name: `If value equal_to ${value}`,
                  arguments: ['{{widgets.hello.Digits}}'],
                  type: 'equal_to',
                  value,
                },
              ],
            }
          }),
        ],
        { input: '{{widgets.hello.Digits}}' },
      ),
      widget('text', 'send-message', [{ event: 'failed', next: 'queue' }], {
        from: '{{flow.channel.address}}',
        body: 'Hi',
      }),
      widget('queue', 'enqueue-call', [{ event: 'failedToEnqueue', next: 'hello' }], {
        queue_name: 'support',
        task_attributes: JSON.stringify(attributes),
      }),
    ],
    initial_state: 'Trigger',
    flags: { allow_concurrent_calls: true },
  }))

function widget(
  name: string,
  type: string,
  transitions: Exit[],
  properties: Record<string, unknown>,
): Widget {
  return { name, type, transitions, properties }
}

/** A way to write one and the same flow. */
export const spellings: fc.Arbitrary<(flow: Json) => Json> = fc
  .record({
    turnedKeys: fc.boolean(),
    turnedWidgets: fc.boolean(),
    turnedExits: fc.boolean(),
    places: fc.option(fc.integer({ min: -500, max: 500 }), { nil: undefined }),
    schema: fc.boolean(),
    editor: fc.boolean(),
    emptyNext: fc.constantFrom<'' | null | undefined>('', null, undefined),
    indent: fc.constantFrom(undefined, 2),
  })
  .map((how) => (flow) => {
    const states = flow.states.map((state, i) => ({
      ...state,
      properties: {
        ...(how.places === undefined ? {} : { offset: { x: how.places * i, y: how.places } }),
        ...(how.editor ? editorProperties[state.type] : {}),
        ...respelled(state.properties, how.indent),
      },
      transitions: exitsOf(state, how),
    }))
    const whole: Json = {
      ...flow,
      ...(how.schema
        ? { $schema: 'https://schemas.twilio.com/studio/draft/2019-09/flow-definition' }
        : {}),
      states: how.turnedWidgets ? states.toReversed() : states,
    }
    return (how.turnedKeys ? turned(whole) : whole) as Json
  })

const editorProperties: Readonly<Record<string, object>> = {
  'gather-input-on-call': {
    loop: 1,
    timeout: 5,
    finish_on_key: '#',
    stop_gather: true,
    gather_language: 'en',
  },
  'send-message': {
    service: '{{trigger.message.InstanceSid}}',
    channel: '{{trigger.message.ChannelSid}}',
    to: '{{contact.channel.address}}',
  },
}

const editorExits: Readonly<Record<string, readonly string[]>> = {
  trigger: ['incomingMessage', 'incomingRequest'],
  'gather-input-on-call': ['speech'],
  'send-message': ['sent'],
  'enqueue-call': ['callComplete', 'callFailure'],
}

function exitsOf(
  { type, transitions }: Widget,
  how: { turnedExits: boolean; editor: boolean; emptyNext: '' | null | undefined },
): Exit[] {
  const ends = how.emptyNext === undefined ? {} : { next: how.emptyNext }
  const listed = how.editor ? (editorExits[type] ?? []) : []
  const all = [
    ...transitions.map((exit) => ({ ...(exit.next ? {} : ends), ...exit, name: 'stray' })),
    ...listed.map((event) => ({ event, ...ends })),
  ]
  return how.turnedExits ? all.toReversed() : all
}

function respelled(
  properties: Readonly<Record<string, unknown>>,
  indent: number | undefined,
): Record<string, unknown> {
  const { task_attributes: text, ...others } = properties
  if (typeof text !== 'string') return others
  return { ...others, task_attributes: JSON.stringify(turned(JSON.parse(text)), null, indent) }
}

function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toReversed()
  return Object.fromEntries(entries.map(([key, item]) => [key, turned(item)]))
}
