// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a dollar before Liquid is what one export has.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { flowNamed } from '../../infra/flow-files.ts'
import { drawFlow } from '../../local/studio/draw-flow.ts'
import { completeFlow, replaceReferences, standInFor } from '../../routing/index.ts'
import { type LocalTwilio, startLocalTwilio } from '../support/local-twilio.ts'

/** As the editor showed it in its first years: no flags, no description, two exits less, and a name on an exit. */
const early = `{
  "states": [
    {
      "name": "Trigger", "type": "trigger",
      "transitions": [
        { "event": "incomingMessage" },
        { "next": "ask", "event": "incomingCall", "name": "call" },
        { "event": "incomingRequest" }
      ],
      "properties": { "offset": { "x": -310, "y": -1240 } }
    },
    {
      "name": "ask", "type": "gather-input-on-call",
      "transitions": [
        { "next": "split", "event": "keypress" },
        { "event": "speech" },
        { "next": "sales", "event": "timeout" }
      ],
      "properties": {
        "voice": "alice", "offset": { "x": -20, "y": -980 }, "loop": 1, "finish_on_key": "#",
        "say": "Press 1 for sales, 2 for support.", "stop_gather": true, "gather_language": "en",
        "profanity_filter": "true", "timeout": 5, "speech_timeout": "auto", "speech_model": ""
      }
    },
    {
      "name": "split", "type": "split-based-on",
      "transitions": [
        { "next": "ask", "event": "noMatch" },
        {
          "next": "sales", "event": "match",
          "conditions": [{
            "friendly_name": "If value equal_to 1",
            "arguments": ["{{widgets.ask.Digits}}"], "type": "equal_to", "value": "1"
          }]
        },
        {
          "event": "match",
          "conditions": [{
            "friendly_name": "9", "arguments": ["{{widgets.ask.Digits}}"], "type": "equal_to", "value": "9"
          }]
        }
      ],
      "properties": { "input": "{{widgets.ask.Digits}}", "offset": { "x": 0, "y": -700 } }
    },
    {
      "name": "sales", "type": "connect-call-to",
      "transitions": [{ "event": "callCompleted" }, { "event": "hangup" }],
      "properties": {
        "offset": { "x": 70, "y": -410 }, "caller_id": "{{contact.channel.address}}", "noun": "number",
        "to": "+12025550188", "timeout": 30
      }
    }
  ],
  "initial_state": "Trigger"
}`

/** As programs write it: keys and widgets in any order, a bare trigger in the middle, nulls, and no places. */
const byProgram = JSON.stringify({
  initial_state: 'Trigger',
  flags: { allow_concurrent_calls: false },
  states: [
    {
      type: 'enqueue-call',
      name: 'queue',
      properties: { workflow_sid: '', queue_name: 'Everybody', wait_url: '' },
      transitions: [
        { event: 'callComplete', next: '' },
        { event: 'failedToEnqueue', next: null },
      ],
    },
    { type: 'trigger', transitions: [{ event: 'incomingCall', next: 'queue' }] },
  ],
})

/** As the editor shows it today: quotes and other scripts in texts, a dollar before Liquid, messages and conversations. */
const today = JSON.stringify(
  {
    description: 'Zahlung erinnern – “freundlich” ☎️ "quoted" \\ 支払い',
    states: [
      {
        name: 'Trigger',
        type: 'trigger',
        transitions: [
          { event: 'incomingMessage' },
          { event: 'incomingCall' },
          { event: 'incomingConversationMessage' },
          { next: 'remind', event: 'incomingRequest' },
          { event: 'incomingParent' },
        ],
        properties: { offset: { x: 0, y: 0 } },
      },
      {
        name: 'remind',
        type: 'send-and-wait-for-reply',
        transitions: [
          { next: 'note', event: 'incomingMessage' },
          { next: 'note', event: 'timeout' },
          { next: 'note', event: 'deliveryFailure' },
        ],
        properties: {
          offset: { x: -150, y: 240 },
          service: '{{trigger.message.InstanceSid}}',
          channel: '{{trigger.message.ChannelSid}}',
          from: '{{flow.channel.address}}',
          message_type: 'custom',
          body: "Hola “{{flow.data.name}}”: you owe ${{flow.data.amount}}.\nReply 'yes' 🙏",
          timeout: '3600',
        },
      },
      {
        name: 'note',
        type: 'make-http-request',
        transitions: [
          { next: 'hand_over', event: 'success' },
          { next: 'hand_over', event: 'failed' },
        ],
        properties: {
          offset: { x: -150, y: 520 },
          method: 'POST',
          content_type: 'application/json;charset=utf-8',
          add_twilio_auth: false,
          body: '{"reply": {{widgets.remind.inbound.Body | to_json}}, "who": "{{contact.channel.address}}"}',
          url: 'https://crm.example.com/replies',
        },
      },
      {
        name: 'hand_over',
        type: 'send-to-flex',
        transitions: [
          { event: 'callComplete' },
          { event: 'failedToEnqueue' },
          { event: 'callFailure' },
          { event: 'composerStarted' },
        ],
        properties: {
          offset: { x: 230, y: 800 },
          workflow: `WW${'a'.repeat(32)}`,
          channel: `TC${'b'.repeat(32)}`,
          attributes: '{ "type": "reminder", "name": "{{flow.data.name}}" }',
        },
      },
    ],
    initial_state: 'Trigger',
    flags: { allow_concurrent_calls: true },
  },
  undefined,
  2,
)

/** With names put in, where an editor of texts finds the schema, and a widget that only Studio knows yet. */
const named = JSON.stringify({
  $schema: '../schemas/studio/flow.schema.json',
  states: [
    { type: 'trigger', transitions: [{ event: 'incomingCall', next: 'dream' }] },
    { name: 'dream', type: 'connect-ai-assistant', transitions: [], properties: { depth: 3 } },
    {
      name: 'queue',
      type: 'enqueue-call',
      transitions: [],
      properties: { workflow_sid: '${workflow.calls}' },
    },
  ],
  initial_state: 'Trigger',
})

describe('a flow that Studio or a program has exported', () => {
  let from: string
  let local: LocalTwilio
  let { warn } = console
  before(async () => {
    warn = console.warn
    console.warn = () => undefined
    from = mkdtempSync(path.join(tmpdir(), 'exports-'))
    local = await startLocalTwilio()
  })
  after(() => {
    console.warn = warn
    rmSync(from, { recursive: true })
    return local.close()
  })

  /** Reads the file as a deployment does, and puts something in place of its names. */
  function load(text: string) {
    writeFileSync(path.join(from, 'taken.json'), text)
    const { definition } = flowNamed('taken', { from })
    return replaceReferences(completeFlow(definition), standInFor)
  }
  const publish = (definition: ReturnType<typeof load>) =>
    local.client.studio.v2.flows.create({ friendlyName: 'Taken', status: 'published', definition })

  it('is taken as it is from the first years, and keeps its places', async () => {
    const definition = load(early)
    const [trigger] = definition.states
    assert.deepEqual(trigger?.properties, { offset: { x: -310, y: -1240 } })
    assert.deepEqual(trigger?.transitions[1], { next: 'ask', event: 'incomingCall' })
    assert.equal((await publish(definition)).valid, true)
  })

  it('is taken from a program, gets its name and its places, and leads nowhere in one way', async () => {
    const definition = load(byProgram)
    assert.deepEqual(
      definition.states.map(({ name }) => name),
      ['queue', 'Trigger'],
    )
    assert.deepEqual(definition.states[0]?.transitions, [
      { event: 'callComplete' },
      { event: 'failedToEnqueue' },
      { event: 'callFailure' },
    ])
    assert.ok(definition.states.every(({ properties }) => properties['offset']))
    assert.equal((await publish(definition)).valid, true)
  })

  it('is taken from today with every letter of its texts', async () => {
    const definition = load(today)
    assert.deepEqual(definition, JSON.parse(today))
    const { definition: kept } = await publish(definition)
    assert.deepEqual(kept, JSON.parse(today))
  })

  it('may name its schema, and use a widget that is not known here', () => {
    const definition = load(named)
    assert.equal(definition.$schema, undefined)
    assert.match(String(definition.states[2]?.properties['workflow_sid']), /^WW[0-9a-f]{32}$/)
    assert.match(drawFlow('taken', definition), />connect-ai-assistant</)
  })
})
