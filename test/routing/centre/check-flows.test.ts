import assert from 'node:assert/strict'
import { checkCentre, describeFinding } from '../../../routing/index.ts'
import type { CentreDeclaration } from '../../../schemas/index.ts'
import { centre, onlyFinding } from './sound-centre.ts'

type Flow = NonNullable<CentreDeclaration['flows']>[string]
type State = Flow['definition']['states'][number]

const widget = (
  name: string,
  type: string,
  properties: State['properties'],
  exits: Readonly<Record<string, string>> = {},
): State => ({
  name,
  type,
  properties,
  transitions: Object.entries(exits).map(([event, next]) => ({ event, next })),
})

const flow = (exits: Readonly<Record<string, string>>, ...widgets: State[]): Flow => ({
  friendlyName: 'Main',
  definition: {
    states: [widget('Trigger', 'trigger', {}, exits), ...widgets],
    initial_state: 'Trigger',
  },
})

const sorry = widget('sorry', 'say-play', { say: 'Call again' })
const handOn = (properties: State['properties'], type = 'enqueue-call') =>
  flow({ incomingCall: 'on' }, widget('on', type, properties, { failedToEnqueue: 'sorry' }), sorry)

describe('checkCentre on flows', () => {
  it('finds nothing wrong with flows that name workflows, channels and flows of the centre', () => {
    const main = flow(
      { incomingCall: 'sub' },
      widget(
        'sub',
        'run-subflow',
        { flow_sid: 'hello', flow_revision: 'LatestPublished' },
        { completed: 'on', failed: 'on' },
      ),
      widget(
        'on',
        'send-to-flex',
        { workflow: 'calls', channel: 'voice' },
        { failedToEnqueue: 'sorry' },
      ),
      sorry,
    )
    const hello = flow({ incomingParent: 'sorry' }, sorry)
    assert.deepEqual(checkCentre({ ...centre, flows: { main, hello } }), [])
  })

  it('tells what is wrong with a flow by itself, with its place', () => {
    const main = flow({ incomingCall: 'sory' }, sorry)
    assert.equal(
      describeFinding(onlyFinding({ flows: { main } })),
      'Flow main, definition.states[0].transitions[0].next: Trigger: on incomingCall it leads to “sory”, which is no widget\n  → did you mean “sorry”?',
    )
  })

  it('refuses a workflow that is not of the centre', () => {
    const misspelt = onlyFinding({ flows: { main: handOn({ workflow_sid: 'cals' }) } })
    assert.equal(misspelt.rule, 'unknown-workflow')
    assert.equal(misspelt.property, 'definition.states[1].properties.workflow_sid')
    assert.equal(misspelt.remedy, 'did you mean “calls”?')
    const sid = `WW${'1'.repeat(32)}`
    const foreign = onlyFinding({ flows: { main: handOn({ workflow_sid: sid }) } })
    assert.equal(
      foreign.message,
      `on: “${sid}” is no workflow of this centre, and may be of another workspace`,
    )
    assert.equal(foreign.remedy, 'name one of calls')
  })

  it('refuses a task channel that is not of the centre', () => {
    const main = handOn({ workflow: 'calls', channel: 'fax' }, 'send-to-flex')
    assert.equal(onlyFinding({ flows: { main } }).rule, 'unknown-task-channel')
  })

  it('refuses sub-flows of sub-flows, and those that do not begin for other flows', () => {
    const run = (name: string) =>
      widget(
        'sub',
        'run-subflow',
        { flow_sid: name, flow_revision: 'LatestPublished' },
        { completed: 'sorry', failed: 'sorry' },
      )
    const main = flow({ incomingCall: 'sub' }, run('middle'), sorry)
    const middle = flow({ incomingCall: 'sub', incomingParent: 'sub' }, run('last'), sorry)
    const last = flow({ incomingCall: 'sorry' }, sorry)
    const findings = checkCentre({ ...centre, flows: { main, middle, last } })
    assert.deepEqual(
      findings.map(({ resource, message }) => `${resource}: ${message}`),
      [
        'Flow main: sub: “middle” runs a sub-flow itself',
        'Flow middle: sub: “last” does not begin for other flows',
      ],
    )
  })

  it('names a flow that has another shape', () => {
    const flows = { main: { friendlyName: '', definition: {} } } as never
    assert.equal(onlyFinding({ flows }).resource, 'Flow main')
  })
})

describe('checkCentre on references of flows', () => {
  it('takes what is of the centre', () => {
    const properties = {
      workflow_sid: `\${workflow.calls}`,
      wait_url: `\${function.waitMusic}?language=es`,
    }
    assert.deepEqual(checkCentre({ ...centre, flows: { main: handOn(properties) } }), [])
  })

  it('refuses what is not, with what is meant', () => {
    const main = handOn({ workflow_sid: `\${workflow.cals}` })
    assert.match(describeFinding(onlyFinding({ flows: { main } })), /did you mean “calls”\?/)
    const other = handOn({ workflow_sid: 'calls', wait_url: `\${function.waitMusik}` })
    assert.equal(
      describeFinding(onlyFinding({ flows: { other } })),
      `Flow other, definition.states[1].properties.wait_url: on: “\${function.waitMusik}” stands for nothing\n  → did you mean “waitMusic”?`,
    )
  })

  it('refuses a number that leads to no flow', () => {
    const [[name = '', number] = []] = Object.entries(centre.phoneNumbers)
    assert.ok(number)
    const { property, remedy } = onlyFinding({
      flows: { main: handOn({ workflow_sid: 'calls' }) },
      phoneNumbers: { [name]: { ...number, flow: 'maim' } },
    })
    assert.deepEqual([property, remedy], ['flow', 'did you mean “main”?'])
  })
})
