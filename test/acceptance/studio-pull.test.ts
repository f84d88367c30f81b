import assert from 'node:assert/strict'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectDir } from '../../local/paths.ts'
import { deployedFlow } from '../../local/studio/deployed-flow.ts'
import { readFlowSource } from '../../local/studio/flow-source.ts'
import { pullFlow } from '../../local/studio/pull-flow.ts'
import { unifiedDiff } from '../../local/studio/unified-diff.ts'
import type { FlowDefinition, FlowState } from '../../schemas/index.ts'
import type { TestCentre } from '../support/centre.ts'
import { startStudioCentre } from '../support/studio-centre.ts'

describe('studio:pull', () => {
  let centre: TestCentre
  let scratch: string

  before(async () => {
    centre = await startStudioCentre()
    scratch = await mkdtemp(join(tmpdir(), 'pull-'))
    await symlink(join(projectDir, 'studio-flows/builder'), join(scratch, 'builder'))
  })
  after(async () => {
    await rm(scratch, { recursive: true })
    await centre.stop()
  })

  async function pull() {
    const source = await readFlowSource('incoming', join(projectDir, 'studio-flows'))
    const found = await centre.engine.survey('twilio', (survey) => deployedFlow(survey, 'incoming'))
    assert.ok(found !== 'none')
    const pulled = await pullFlow({
      source,
      ...found,
      async evaluate(text) {
        await writeFile(join(scratch, 'incoming.ts'), text)
        return (await readFlowSource('incoming', scratch)).flow.definition
      },
    })
    const lines = unifiedDiff(source.text, pulled.text, 'incoming.ts').split('\n').slice(2)
    return { ...pulled, lines: lines.filter((line) => /^[-+]/.test(line)) }
  }

  it('finds nothing right after the deployment', async () => {
    const { made, left, lines } = await pull()
    assert.deepEqual({ made, left, lines }, { made: [], left: [], lines: [] })
  })

  it('turns what somebody did in the console into a patch of the source', async () => {
    const { flows } = centre.sdk.studio.v2
    const listed = (await flows.list()).find(({ friendlyName }) => friendlyName === 'incoming')
    assert.ok(listed)
    const { definition } = await flows(listed.sid).fetch()
    const edited = (definition as FlowDefinition).states.map((state): FlowState => {
      const { properties, name } = state
      if (name === 'welcome') return { ...state, properties: { ...properties, say: 'Welcome!' } }
      if (name === 'closed') {
        return { ...state, properties: { ...properties, offset: { x: -400, y: 600 } } }
      }
      return state
    })
    const status = 'published'
    await flows(listed.sid).update({ status, definition: { ...definition, states: edited } })
    const { left, lines } = await pull()
    assert.deepEqual(left, [])
    assert.deepEqual(lines, [
      '+      at: [-400, 600],',
      "-      say: reference.setting('welcome'),",
      "+      say: 'Welcome!',",
    ])
  })

  it('knows what was deployed also after a refresh, whose preview tells widgets by name', async () => {
    await centre.engine.refresh()
    const { steps } = await centre.engine.preview()
    const changed = steps.filter(({ op }) => op === 'update')
    assert.deepEqual(
      changed.map(({ urn, detailedDiff }) => [
        urn.split('::').at(-1),
        Object.keys(detailedDiff ?? {}),
      ]),
      [['incoming', ['widgets.welcome.say']]],
    )
    const { lines } = await pull()
    assert.equal(lines.length, 3)
  })
})
