import assert from 'node:assert/strict'
import { stripVTControlCharacters } from 'node:util'
import { startCentre, type TestCentre } from '../support/centre.ts'
import { copyProject, type ProjectCopy } from '../support/project-copy.ts'

const seconds = (count: number) => count * 1_000

describe('a change of the program', () => {
  let project: ProjectCopy
  let centre: TestCentre

  before(async () => {
    project = await copyProject()
    centre = await startCentre({ projectDir: project.dir })
  })
  after(async () => {
    await centre?.stop()
    await project?.remove()
  })

  async function dial(): Promise<string> {
    const callSid = centre.twilio.phones.call({ from: '+12025550123', to: '+12025550100' })
    await centre.clock.advance(seconds(5))
    return callSid
  }
  const tier = () => centre.twilio.view().tasks[0]?.tier

  it('is nothing when nothing was changed', async () => {
    const result = await centre.engine.preview()
    assert.deepEqual(Object.keys(result.summary), ['same'])
  })

  it('is shown before it is applied, and changes the next call', async () => {
    const before = await dial()
    await centre.clock.advance(seconds(5))
    assert.equal(tier(), 1, 'the first line has eight seconds')
    centre.twilio.phones.hangUp(before)
    await centre.clock.settle()

    await project.edit('infra/index.ts', 'timeoutSeconds: 8', 'timeoutSeconds: 4')
    await centre.changes.saved(['infra/index.ts'])
    const change = centre.changes.current()
    assert.equal(change?.state, 'pending')
    const text = stripVTControlCharacters(change?.text ?? '')
    assert.match(text, /• Spanish: tier 1 timeout 8 s → 4 s\n/)
    assert.match(text, /~ timeout: "8 s" => "4 s"/)
    assert.doesNotMatch(text, /task_routing/)
    await centre.changes.apply()
    assert.equal(centre.changes.current(), null)

    const after = await dial()
    await centre.clock.advance(seconds(5))
    assert.equal(tier(), 2, 'the first line has four seconds now')
    centre.twilio.phones.hangUp(after)
    await centre.clock.settle()
  })

  it('is offered also when it changes no resource, only what the functions know', async () => {
    await project.edit('infra/menu.ts', 'Thank you for calling.', 'Good to hear you.')
    await centre.changes.saved(['infra/menu.ts'])
    const change = centre.changes.current()
    assert.equal(change?.state, 'pending')
    assert.match(stripVTControlCharacters(change.text), /outputs:\n +~ appSettings/)
    await centre.changes.apply()
    assert.equal(centre.changes.current(), null)
    centre.twilio.phones.hangUp(await dial())
    assert.ok(centre.story.some((text) => text.endsWith('hears: Good to hear you.')))
    await centre.clock.settle()
  })

  it('that replaces an activity tells how many workers are in it', async () => {
    const { workspaceSid } = await centre.engine.outputs()
    const workspace = centre.sdk.taskrouter.v1.workspaces(String(workspaceSid))
    const [busy] = await workspace.activities.list({ friendlyName: 'Busy' })
    const [bob] = await workspace.workers.list({ friendlyName: 'bob' })
    await workspace.workers(bob?.sid ?? '').update({ activitySid: busy?.sid })
    const declared = "busy: { friendlyName: 'Busy', available: false }"
    const changed = declared.replace('false', 'true')
    await project.edit('infra/index.ts', declared, changed)
    await centre.changes.saved(['infra/index.ts'])
    const text = stripVTControlCharacters(centre.changes.current()?.text ?? '')
    assert.match(
      text,
      /warning: .*:Activity busy: 1 worker is in it \(bob\), so it can’t be deleted/,
    )
    assert.equal(text.match(/1 worker is in it/g)?.length, 1, 'said once')
    await project.edit('infra/index.ts', changed, declared)
    await centre.changes.saved(['infra/index.ts'])
    assert.equal(centre.changes.current(), null)
  })

  it('that breaks an expression is refused with its place, and the centre goes on', async () => {
    await project.edit('infra/index.ts', 'languages HAS "es" AND', 'languages HAS "es" AMD')
    await centre.changes.saved(['infra/index.ts'])
    const change = centre.changes.current()
    assert.equal(change?.state, 'failed')
    assert.match(change?.text ?? '', /AMD/)
    const callSid = await dial()
    assert.equal(tier(), 1)
    centre.twilio.phones.hangUp(callSid)
    await project.edit('infra/index.ts', 'languages HAS "es" AMD', 'languages HAS "es" AND')
    await centre.changes.saved(['infra/index.ts'])
    assert.equal(centre.changes.current(), null)
  })
})
