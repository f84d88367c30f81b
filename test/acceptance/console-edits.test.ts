import assert from 'node:assert/strict'
import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectDir } from '../../local/paths.ts'
import { deployedFlow } from '../../local/studio/deployed-flow.ts'
import { describeChange } from '../../local/studio/flow-changes.ts'
import { readFlowSource } from '../../local/studio/flow-source.ts'
import { pullFlow } from '../../local/studio/pull-flow.ts'
import type { FlowDefinition, FlowState } from '../../schemas/index.ts'
import { startCentre, type TestCentre } from '../support/centre.ts'
import { copyProject, type ProjectCopy } from '../support/project-copy.ts'

const offset = (x: number, y: number) => ({ offset: { x, y } })

/** As somebody saved it from the editor, with a name put in. */
const night = {
  description: 'At night',
  states: [
    {
      name: 'Trigger',
      type: 'trigger',
      transitions: [
        { event: 'incomingMessage' },
        { next: 'greeting', event: 'incomingCall' },
        { event: 'incomingConversationMessage' },
        { event: 'incomingRequest' },
        { event: 'incomingParent' },
      ],
      properties: offset(0, 0),
    },
    {
      name: 'greeting',
      type: 'say-play',
      transitions: [{ next: 'queue', event: 'audioComplete' }],
      properties: { ...offset(10, 220), loop: 1, say: `\${setting.welcome}` },
    },
    {
      name: 'queue',
      type: 'enqueue-call',
      transitions: [
        { next: 'sorry', event: 'callComplete' },
        { next: 'sorry', event: 'failedToEnqueue' },
        { next: 'sorry', event: 'callFailure' },
      ],
      properties: { ...offset(10, 460), workflow_sid: `\${workflow.calls}` },
    },
    {
      name: 'sorry',
      type: 'say-play',
      transitions: [{ event: 'audioComplete' }],
      properties: { ...offset(10, 700), say: 'Nobody is here.' },
    },
  ],
  initial_state: 'Trigger',
  flags: { allow_concurrent_calls: true },
}

describe('edits in the console', () => {
  let project: ProjectCopy
  let centre: TestCentre

  before(async () => {
    project = await copyProject()
    const folder = join(project.dir, 'studio-flows')
    await rm(folder)
    await cp(join(projectDir, 'studio-flows'), folder, { recursive: true })
    await writeFile(join(folder, 'night.json'), `${JSON.stringify(night, undefined, 4)}\n`)
    const workers = '  switchboard:workers:'
    const flows = `  switchboard:ivr: studio\n  switchboard:studioFlows: [night]\n${workers}`
    await project.edit('Pulumi.local.yaml', workers, flows)
    centre = await startCentre({ projectDir: project.dir })
  })
  after(async () => {
    await centre?.stop()
    await project?.remove()
  })

  /** Saves a flow as the editor does: all of it, published. */
  async function save(name: string, edit: (definition: FlowDefinition) => FlowDefinition) {
    const { flows } = centre.sdk.studio.v2
    const listed = (await flows.list()).find(({ friendlyName }) => friendlyName === name)
    assert.ok(listed)
    const { definition } = await flows(listed.sid).fetch()
    await flows(listed.sid).update({
      status: 'published',
      definition: edit(definition as FlowDefinition),
    })
  }

  /** Pulls into the copy's source. */
  async function pull(name: string) {
    const folder = join(project.dir, 'studio-flows')
    const source = await readFlowSource(name, folder)
    const found = await centre.engine.survey('twilio', (survey) => deployedFlow(survey, name))
    assert.ok(found !== 'none')
    const pulled = await pullFlow({
      source,
      ...found,
      async evaluate(text) {
        await writeFile(source.file, text)
        return (await readFlowSource(name, folder)).flow.definition
      },
    })
    await writeFile(source.file, pulled.text)
    return { made: pulled.made.map(describeChange), left: pulled.left, unseen: pulled.unseen }
  }

  const onState =
    (name: string, change: (state: FlowState) => FlowState) => (flow: FlowDefinition) => ({
      ...flow,
      states: flow.states.map((state) => (state.name === name ? change(state) : state)),
    })
  const properties = (more: FlowState['properties']) => (state: FlowState) => ({
    ...state,
    properties: { ...state.properties, ...more },
  })
  const leads = (event: string, next: string) => (state: FlowState) => ({
    ...state,
    transitions: state.transitions.map((one) => (one.event === event ? { ...one, next } : one)),
  })
  const renamed =
    (before: string, name: string) =>
    (flow: FlowDefinition): FlowDefinition => ({
      ...flow,
      states: flow.states.map((state) => ({
        ...state,
        name: state.name === before ? name : state.name,
        transitions: state.transitions.map((one) =>
          one.next === before ? { ...one, next: name } : one,
        ),
      })),
    })
  const bye: FlowState = {
    name: 'bye',
    type: 'say-play',
    transitions: [{ event: 'audioComplete' }],
    properties: { say: 'Call again – “soon”.', loop: 1, ...offset(-310, 1240) },
  }
  const added = (flow: FlowDefinition) => ({ ...flow, states: [...flow.states, bye] })

  async function isQuiet() {
    await centre.engine.refresh()
    const { steps } = await centre.engine.preview()
    return steps.filter(({ op }) => op !== 'same').map(({ urn, op }) => `${op} ${urn}`)
  }

  it('become the source of an exported flow, after which a preview is empty', async () => {
    await save('night', onState('sorry', leads('audioComplete', 'bye')))
      .then(() => assert.fail('the widget is not there yet'))
      .catch(({ code }) => assert.equal(code, 81022))
    await save('night', (flow) =>
      [
        added,
        onState('sorry', leads('audioComplete', 'bye')),
        onState('sorry', properties({ say: 'Nobody is here now.' })),
        onState('greeting', properties({ say: 'Good night.' })),
        onState('queue', properties(offset(400, 460))),
        renamed('queue', 'waiting'),
      ].reduce((now, edit) => edit(now), flow),
    )
    const { made, left, unseen } = await pull('night')
    assert.deepEqual([left, unseen], [[], []])
    assert.ok(made.includes('greeting: say is "Good night."'), 'the text that came from a setting')
    const text = await readFile(join(project.dir, 'studio-flows/night.json'), 'utf8')
    assert.match(text, /"workflow_sid": "\$\{workflow\.calls\}"/)
    assert.match(text, /"name": "waiting"/)
    assert.match(text, /"x": 400,\n +"y": 460/)
    assert.deepEqual(await isQuiet(), [])
    assert.deepEqual((await pull('night')).made, [])
  })

  it('become the source of a built flow, after which a preview is empty', async () => {
    await save('incoming', (flow) =>
      [
        added,
        onState('closed', leads('audioComplete', 'bye')),
        onState('spanish_menu', properties({ say: 'Pulse uno.', timeout: 2 })),
        onState('hours', properties({ url: 'https://hours.example/now' })),
        onState('welcome', properties(offset(700, 40))),
        renamed('once_more', 'third_time'),
      ].reduce((now, edit) => edit(now), flow),
    )
    const { made, left } = await pull('incoming')
    assert.deepEqual(left, [])
    assert.ok(made.includes('once_more: now called third_time'))
    assert.ok(made.includes('hours: url is "https://hours.example/now"'))
    const text = await readFile(join(project.dir, 'studio-flows/incoming.ts'), 'utf8')
    assert.match(text, /say: 'Pulse uno\.',/)
    assert.match(text, /say: 'Call again – “soon”\.'/)
    assert.match(text, /workflow_sid: reference\.workflow\('calls'\)/)
    assert.deepEqual(await isQuiet(), [])
  })

  it('that delete a widget take it out of either source', async () => {
    const without = (name: string) => (flow: FlowDefinition) => ({
      ...flow,
      states: flow.states
        .filter((state) => state.name !== name)
        .map((state) => ({
          ...state,
          transitions: state.transitions.map(({ next, ...one }) =>
            next === name || next === undefined ? one : { ...one, next },
          ),
        })),
    })
    for (const [name, file] of [
      ['night', 'night.json'],
      ['incoming', 'incoming.ts'],
    ] as const) {
      await save(name, without('bye'))
      assert.deepEqual((await pull(name)).left, [])
      assert.doesNotMatch(
        await readFile(join(project.dir, 'studio-flows', file), 'utf8'),
        /Call again/,
      )
    }
  })
})
