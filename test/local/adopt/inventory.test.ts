import assert from 'node:assert/strict'
import { readIgnoreList, renderInventory, takeInventory } from '../../../local/adopt/index.ts'
import type { Engine } from '../../../local/engine/index.ts'
import { type Account, startAccount } from './exported-project.ts'

describe('takeInventory', () => {
  let account: Account
  let engine: Engine
  let workspaceSid = ''
  before(async () => {
    account = await startAccount()
    engine = account.engine()
    assert.ok((await engine.up()).ok)
    const [workspace] = await account.sdk.taskrouter.v1.workspaces.list()
    workspaceSid = workspace?.sid ?? ''
  })
  after(() => account.close())

  const inventory = (ignored = '') =>
    engine.survey('twilio', (survey) => takeInventory(survey, readIgnoreList(ignored, 'list')))

  it('finds nothing where the stack made everything', async () => {
    const { unmanaged, gone, managed } = await inventory()
    assert.deepEqual([unmanaged, gone], [[], []])
    assert.ok(managed > 10)
  })

  it('tells what the stack does not have, with the line that adopts it', async () => {
    const made = await account.sdk.taskrouter.v1
      .workspaces(workspaceSid)
      .taskQueues.create({ friendlyName: 'Anyone' })
    const id = `${workspaceSid}/${made.sid}`
    const { unmanaged } = await inventory()
    // “anyone” is the name of a queue in the program.
    const adopt = `pulumi import twilio:taskrouter:TaskQueue anyone-2 ${id}`
    assert.deepEqual(unmanaged, [{ type: 'taskrouter.TaskQueue', name: 'Anyone', id, adopt }])
    await account.sdk.taskrouter.v1.workspaces(workspaceSid).taskQueues(made.sid).remove()
  })

  it('leaves out what is ignored, by type and name or id, and names rules that fit nothing', async () => {
    const made = await account.sdk.applications.create({ friendlyName: 'Old desk' })
    const ignored = await inventory(
      '# what the old centre left\ntwilio:voice:Application Old *   # gone in spring\n* WS0*',
    )
    assert.deepEqual([ignored.unmanaged, ignored.ignored], [[], 1])
    assert.deepEqual(ignored.unusedRules, ['* WS0*'])
    await account.sdk.applications(made.sid).remove()
  })

  it('tells what the stack records although it is gone', async () => {
    const workspace = account.sdk.taskrouter.v1.workspaces(workspaceSid)
    const [alice] = await workspace.workers.list({ friendlyName: 'alice' })
    const [offline] = await workspace.activities.list({ friendlyName: 'Offline' })
    await workspace.workers(alice?.sid ?? '').update({ activitySid: offline?.sid })
    await workspace.workers(alice?.sid ?? '').remove()
    const { gone } = await inventory()
    assert.deepEqual(
      gone.map(({ id }) => id),
      [`${workspaceSid}/${alice?.sid}`],
    )
    assert.match(gone[0]?.urn ?? '', /::alice$/)
  })
})

describe('readIgnoreList', () => {
  it('names the line that it does not understand, and how one is written', () => {
    assert.throws(
      () => readIgnoreList('# fine\n\ntwilio:taskrouter:TaskQueue', 'inventory.ignore'),
      /inventory\.ignore, line 3: .* is no type and object\.\nWrite both, for example/,
    )
  })
})

describe('renderInventory', () => {
  it('says by type what there is, how to adopt and how to ignore it, and what is gone', () => {
    const text = renderInventory(
      {
        unmanaged: [
          { type: 'taskrouter.TaskQueue', name: 'Night', id: 'WS1/WQ1', adopt: 'pulumi import …' },
        ],
        gone: [{ urn: 'urn:alice', id: 'WS1/WK1' }],
        managed: 12,
        ignored: 2,
        unusedRules: ['* WS0*'],
        unlisted: [],
      },
      'the stack “local”',
      'inventory.ignore',
    )
    assert.match(text, /^taskrouter\.TaskQueue\n {2}Night {2}WS1\/WQ1\n {4}pulumi import …$/m)
    assert.match(
      text,
      /1 object is in the account and not in the stack “local”; 12 are in both, 2 ignored by inventory\.ignore\./,
    )
    assert.match(text, /gone from the account.*\n {2}urn:alice {2}WS1\/WK1/)
    assert.match(text, /fit nothing any more:\n {2}\* WS0\*/)
  })
})
