import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectDir } from '../../../local/paths.ts'
import { describeChange } from '../../../local/studio/flow-changes.ts'
import { readFlowSource } from '../../../local/studio/flow-source.ts'
import { knownNames } from '../../../local/studio/known-names.ts'
import { pullFlow } from '../../../local/studio/pull-flow.ts'
import { unifiedDiff } from '../../../local/studio/unified-diff.ts'
import { completeFlow, replaceReferences } from '../../../routing/index.ts'
import type { FlowDefinition, FlowState } from '../../../schemas/index.ts'
import { greetingFlow } from '../../provider/studio/greeting-flow.ts'

const workflowSid = `WW${'1'.repeat(32)}`
const known = knownNames([['workflow', 'calls', workflowSid]])

const built = `import { flow, json, reference } from './builder/index.ts'

const caller = '{{trigger.call.From}}'

export const desk = flow('desk', {
  trigger: { on: { incomingCall: 'greeting' } },
  widgets: {
    greeting: {
      type: 'say-play',
      // What everybody hears first.
      say: \`Hello \${caller}.\`,
      on: { audioComplete: 'menu' },
    },
    menu: {
      type: 'gather-input-on-call',
      say: reference.setting('menu'),
      on: { keypress: 'choice', timeout: 'queue' },
    },
    choice: {
      type: 'split-based-on',
      input: '{{widgets.menu.Digits}}',
      on: {
        match: [{ equal_to: '1', next: 'queue' }],
        noMatch: 'menu',
      },
    },
    queue: {
      type: 'enqueue-call',
      workflow_sid: reference.workflow('calls'),
      task_attributes: json({ language: 'en' }),
    },
    late: { type: 'say-play', say: ['We', 'are', 'closed'].join(' ') },
  },
})
`

/** What is there after deploying, with a change made to the widget of that name. */
function changed(
  definition: FlowDefinition,
  name: string,
  change: (state: FlowState) => FlowState,
): FlowDefinition {
  const states = definition.states.map((state) => (state.name === name ? change(state) : state))
  return { ...definition, states }
}

const withProperties = (properties: FlowState['properties']) => (state: FlowState) => ({
  ...state,
  properties: { ...state.properties, ...properties },
})

const leading = (event: string, next: string) => (state: FlowState) => ({
  ...state,
  transitions: state.transitions.map((one) => (one.event === event ? { ...one, next } : one)),
})

const added: FlowState = {
  name: 'bye',
  type: 'say-play',
  transitions: [{ event: 'audioComplete' }],
  properties: { say: 'Goodbye', offset: { x: 900, y: 900 } },
}

describe('pullFlow', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pull-'))
    symlinkSync(join(projectDir, 'studio-flows/builder'), join(folder, 'builder'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  /** Pulls `desk`, deployed as it is and then changed. */
  async function pull(
    file: string,
    text: string,
    change: (live: FlowDefinition) => FlowDefinition,
    deployedText = text,
  ) {
    writeFileSync(join(folder, file), deployedText)
    const { flow } = await readFlowSource('desk', folder)
    const stood = replaceReferences(completeFlow(flow.definition), ({ kind }) =>
      kind === 'workflow' ? workflowSid : 'Press "one".',
    )
    writeFileSync(join(folder, file), text)
    const pulled = await pullFlow({
      source: await readFlowSource('desk', folder),
      deployed: stood,
      live: change(stood),
      known,
      async evaluate(patched) {
        writeFileSync(join(folder, file), patched)
        return (await readFlowSource('desk', folder)).flow.definition
      },
    })
    const lines = unifiedDiff(text, pulled.text, 'desk').split('\n').slice(3)
    return {
      ...pulled,
      lines: lines.filter((line) => /^[-+]/.test(line)),
      made: pulled.made.map(describeChange),
      left: pulled.left.map(({ change: one, why }) => `${describeChange(one)} (${why})`),
    }
  }

  const exported = `${JSON.stringify(greetingFlow(), undefined, 4)}\n`

  it('finds nothing in what is as it was deployed', async () => {
    const { text, made, left } = await pull('desk.ts', built, (live) => live)
    assert.deepEqual({ text, made, left }, { text: built, made: [], left: [] })
  })

  it('changes one line of an export for a text, and keeps its manner', async () => {
    const { lines } = await pull('desk.json', exported, (live) =>
      changed(live, 'greeting', withProperties({ say: 'Good evening' })),
    )
    assert.deepEqual(lines, [
      '-                "say": "Good morning",',
      '+                "say": "Good evening",',
    ])
  })

  it('changes the numbers of a place in an export', async () => {
    const { lines } = await pull('desk.json', exported, (live) =>
      changed(live, 'greeting', withProperties({ offset: { x: 20, y: 260 } })),
    )
    assert.deepEqual(lines, ['-                    "y": 200', '+                    "y": 260'])
  })

  it('adds a widget to an export, and the exit that leads there', async () => {
    const { text, left, made } = await pull('desk.json', exported, (live) => {
      const more = changed(live, 'sales', leading('callComplete', 'bye'))
      const { name, type, transitions, properties } = added
      const unordered = { type, properties, transitions, name }
      return { ...more, states: [...more.states, unordered] }
    })
    assert.deepEqual(left, [])
    assert.deepEqual(made, ['sales: callComplete leads to bye', 'bye: new, say-play'])
    const { states } = JSON.parse(text)
    // In the order of the editor, whatever that of the account is.
    assert.equal(JSON.stringify(states.at(-1)), JSON.stringify(added))
    assert.equal(states.at(-2).transitions[0].next, 'bye')
  })

  it('takes a widget and a branch out of an export', async () => {
    const { text, left } = await pull('desk.json', exported, (live) => {
      const less = changed(live, 'menu', (state) => ({
        ...state,
        transitions: state.transitions.filter(({ event }) => event !== 'match'),
      }))
      return { ...less, states: less.states.filter(({ name }) => name !== 'billing') }
    })
    assert.deepEqual(left, [])
    const { states } = JSON.parse(text)
    assert.deepEqual(
      states.map(({ name }: FlowState) => name),
      ['Trigger', 'greeting', 'menu', 'sales'],
    )
    assert.deepEqual(states[2].transitions, [{ next: 'sales', event: 'noMatch' }])
  })

  it('changes texts of a built flow, with the constants and calls that they are made of', async () => {
    const { lines } = await pull('desk.ts', built, (live) =>
      changed(
        changed(live, 'greeting', withProperties({ say: 'Welcome, {{trigger.call.From}}!' })),
        'queue',
        withProperties({ task_attributes: '{"language":"es"}' }),
      ),
    )
    assert.deepEqual(lines, [
      `-      say: \`Hello \${caller}.\`,`,
      `+      say: \`Welcome, \${caller}!\`,`,
      "-      task_attributes: json({ language: 'en' }),",
      "+      task_attributes: json({ language: 'es' }),",
    ])
  })

  it('puts a text in place of a setting that the console wrote over', async () => {
    const { lines } = await pull('desk.ts', built, (live) =>
      changed(live, 'menu', withProperties({ say: 'Press two.' })),
    )
    assert.deepEqual(lines, ["-      say: reference.setting('menu'),", "+      say: 'Press two.',"])
  })

  it('takes letters of the console that look like a reference for letters', async () => {
    const say = `All of \${workflow.calls}, \${x} and \${{flow.variables.y}}`
    const { lines, left } = await pull('desk.ts', built, (live) =>
      changed(live, 'greeting', withProperties({ say })),
    )
    assert.deepEqual(left, [])
    assert.equal(
      lines[1],
      `+      say: 'All of $\${workflow.calls}, $\${x} and \${{flow.variables.y}}',`,
    )
  })

  it('knows a setting again where it stands escaped in JSON', async () => {
    const text = built.replace(
      "language: 'en'",
      "prompt: reference.setting('menu'), language: 'en'",
    )
    const { lines, left } = await pull('desk.ts', text, (live) =>
      changed(live, 'queue', withProperties({ wait_url: 'https://music.example' })),
    )
    assert.deepEqual(left, [])
    assert.deepEqual(lines, ["+      wait_url: 'https://music.example',"])
  })

  it('changes exits and branches of a built flow, and its places', async () => {
    const { lines, left } = await pull('desk.ts', built, (live) => {
      const led = changed(live, 'menu', leading('timeout', 'late'))
      const asked = changed(led, 'choice', (state) => ({
        ...state,
        transitions: [
          ...state.transitions,
          {
            event: 'match',
            next: 'late',
            conditions: [
              {
                friendly_name: 'If value equal_to 2',
                arguments: ['{{widgets.menu.Digits}}'],
                type: 'equal_to',
                value: '2',
              },
            ],
          },
        ],
      }))
      return changed(asked, 'late', withProperties({ offset: { x: 700, y: 100 } }))
    })
    assert.deepEqual(left, [])
    assert.ok(lines.includes("+      on: { keypress: 'choice', timeout: 'late' },"))
    assert.ok(
      lines.includes(
        "+        match: [{ equal_to: '1', next: 'queue' }, { equal_to: '2', next: 'late' }],",
      ),
    )
    assert.ok(lines.some((line) => line.includes('at: [700, 100]')))
  })

  it('adds a widget to a built flow, in names', async () => {
    const { lines, left } = await pull('desk.ts', built, (live) => ({
      ...live,
      states: [
        ...live.states,
        {
          name: 'again',
          type: 'enqueue-call',
          transitions: [{ event: 'callComplete', next: 'late' }],
          properties: { workflow_sid: workflowSid, offset: { x: 900, y: 900 } },
        },
      ],
    }))
    assert.deepEqual(left, [])
    assert.deepEqual(lines, [
      '+    again: {',
      "+      type: 'enqueue-call',",
      "+      workflow_sid: reference.workflow('calls'),",
      "+      on: { callComplete: 'late' },",
      '+      at: [900, 900],',
      '+    },',
    ])
  })

  it('writes places down that would follow a change, as the canvas has not', async () => {
    const { lines } = await pull('desk.ts', built, (live) =>
      changed(live, 'menu', leading('timeout', 'late')),
    )
    assert.deepEqual(
      lines.filter((line) => line.startsWith('+')),
      [
        "+      on: { keypress: 'choice', timeout: 'late' },",
        "+    late: { type: 'say-play', say: ['We', 'are', 'closed'].join(' '), at: [0, 1000] },",
      ],
    )
  })

  it('says of which settings nothing is recorded, where nothing is', async () => {
    writeFileSync(join(folder, 'desk.ts'), built)
    const source = await readFlowSource('desk', folder)
    const live = replaceReferences(completeFlow(source.flow.definition), ({ kind }) =>
      kind === 'workflow' ? workflowSid : 'Whatever it was.',
    )
    const evaluate = async () => source.flow.definition
    const { unseen, made } = await pullFlow({ source, live, deployed: undefined, known, evaluate })
    assert.deepEqual(made, [])
    assert.deepEqual(
      unseen.map(({ widget, text }) => `${widget} ${text}`),
      [`menu \${setting.menu}`],
    )
  })

  it('leaves what the source computes, and says so', async () => {
    const { text, left, made } = await pull('desk.ts', built, (live) =>
      changed(live, 'late', withProperties({ say: 'We open at nine' })),
    )
    assert.equal(text, built)
    assert.deepEqual(made, [])
    assert.deepEqual(left, ['late: say is "We open at nine" (the source computes this)'])
  })

  it('keeps what was changed in the source meanwhile, and leaves what was changed in both', async () => {
    const mine = built.replace("json({ language: 'en' })", "json({ language: 'de' })")
    const { lines } = await pull(
      'desk.ts',
      mine,
      (live) => changed(live, 'greeting', withProperties({ voice: 'alice' })),
      built,
    )
    assert.deepEqual(lines, ["+      voice: 'alice',"])
    const both = await pull(
      'desk.ts',
      mine,
      (live) => changed(live, 'queue', withProperties({ task_attributes: '{"language":"es"}' })),
      built,
    )
    assert.equal(both.text, mine)
    assert.match(
      both.left[0] ?? '',
      /^queue: task_attributes .*\(the source was changed there, too/,
    )
  })
})
