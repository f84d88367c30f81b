import assert from 'node:assert/strict'
import { declareObject } from '../../../local/adopt/index.ts'
import { renderPlan } from '../../../local/engine/index.ts'
import { type Account, startAccount } from './exported-project.ts'

describe('declareObject', () => {
  let account: Account
  before(async () => {
    account = await startAccount()
  })
  after(() => account.close())

  it('writes what a program needs to have an imported object, under the name that it was given', async () => {
    const engine = account.engine()
    assert.ok((await engine.up()).ok)
    const [workspace] = await account.sdk.taskrouter.v1.workspaces.list()
    const made = await account.sdk.taskrouter.v1
      .workspaces(workspace?.sid ?? '')
      .taskQueues.create({ friendlyName: 'Night', maxReservedWorkers: 2 })
    const type = 'twilio:taskrouter:TaskQueue'
    const id = `${workspace?.sid}/${made.sid}`
    const text = await engine.survey('twilio', (survey) =>
      declareObject(survey, { type, id, called: 'nightShift' }, 'p'),
    )
    assert.equal(
      text,
      `import * as twilio from '@pulumi/twilio'

const workspace = twilio.taskrouter.getWorkspaceOutput({ friendlyName: 'Switchboard (local)' })

new twilio.taskrouter.TaskQueue('nightShift', {
  workspaceSid: workspace.sid,
  friendlyName: 'Night',
  maxReservedWorkers: 2,
})
`,
    )
    const source = { resources: [{ type, name: 'nightShift', id }] }
    const imported = await engine.importResources(source)
    assert.deepEqual(imported.summary.import, 1, renderPlan(imported, { color: false }))
  })
})
