import assert from 'node:assert/strict'
import { demoAccount } from '../../../local/demo-account.ts'
import { type Properties, unknownValue } from '../../../provider/protocol/values.ts'
import { createClient } from '../../../provider/requests/client.ts'
import { taskQueue } from '../../../provider/taskrouter/task-queue.ts'
import { workflow } from '../../../provider/taskrouter/workflow.ts'
import { createForeignNames } from '../../../provider/words/foreign-names.ts'
import { createDirectory, type Directory } from '../../../provider/words/names.ts'
import { useWorkspace } from '../engine/story.ts'

const sid = (kind: string, digit: string) => kind + digit.repeat(32)
const [workspace, elsewhere] = [sid('WS', '1'), sid('WS', '2')]
const [one, two, three] = [sid('WQ', 'a'), sid('WQ', 'b'), sid('WQ', 'c')]

const learn = (names: Directory, ...bags: readonly Properties[]) => {
  const decoded = bags.map((values) => ({ values, secrets: new Set<string>() }))
  names.learn(taskQueue, `${workspace}/${one}`, ...decoded)
}

describe('createDirectory', () => {
  it('learns the first name that is known, and reads a SID by it', () => {
    const names = createDirectory()
    learn(names, { friendlyName: unknownValue }, { friendlyName: 'A' })
    assert.equal(names.nameOf(one), 'A')
    assert.equal(names.spell(`workers.${one} > 0`), 'workers.A > 0')
    learn(names, { friendlyName: 'B' })
    assert.equal(names.nameOf(one), 'B')
  })

  it('learns no name that is a secret', () => {
    const names = createDirectory()
    const secrets = new Set(['friendlyName'])
    names.learn(taskQueue, one, { values: { friendlyName: 'A' }, secrets })
    assert.equal(names.knows(one), false)
  })

  it('adds the SID where two objects in one place have the same name', () => {
    const names = createDirectory()
    names.note(`${workspace}/${one}`, 'A')
    names.note(`${elsewhere}/${three}`, 'A')
    assert.equal(names.nameOf(one), 'A')
    names.note(`${workspace}/${two}`, 'A')
    assert.deepEqual([one, two, three].map(names.nameOf), [`A (${one})`, `A (${two})`, 'A'])
    names.note(`${workspace}/${two}`, 'B')
    assert.equal(names.nameOf(one), 'A')
  })

  it('says of a SID without a name that it is foreign, and leaves anything else alone', () => {
    const names = createDirectory()
    assert.equal(names.nameOf(one), `${one} (not in this stack)`)
    assert.equal(names.spell(one), one)
    assert.deepEqual(['Q', unknownValue, 7].map(names.nameOf), ['Q', unknownValue, 7])
  })

  it('recalls a name until it learns better', () => {
    const names = createDirectory()
    names.recall(one, 'old')
    assert.equal(names.nameOf(one), 'old')
    assert.equal(names.knows(one), false)
    names.note(`${workspace}/${one}`, 'new')
    assert.equal(names.nameOf(one), 'new')
    names.recall(two, 'gone')
    names.miss(two, 'the workspace')
    assert.equal(names.nameOf(two), `${two} (not in the workspace)`)
  })
})

describe('createForeignNames', () => {
  const story = useWorkspace()

  it('lists a collection once, and names what is not in it', async () => {
    const { taskQueues } = story.inWorkspace()
    const there = await taskQueues.create({ friendlyName: 'There' })
    const names = createDirectory()
    const foreign = createForeignNames(names)
    const { accountSid, authToken: password } = demoAccount
    const baseUrl = story.twilio.url
    const client = createClient({ accountSid, username: accountSid, password, baseUrl })
    const configuration = {
      task_routing: {
        filters: [{ expression: '1==1', targets: [{ queue: one }, { queue: there.sid }] }],
        default_filter: { queue: two },
      },
    }
    const inputs = { workspaceSid: story.workspaceSid, configuration }
    story.twilio.forget()
    await foreign.find(workflow, inputs, ['routing'], client)
    await foreign.find(workflow, inputs, ['routing'], client)
    assert.equal(story.twilio.requests().length, 1)
    assert.equal(names.nameOf(there.sid), 'There')
    assert.equal(names.nameOf(one), `${one} (not in the workspace)`)
  })

  it('goes without names where Twilio gives no list', async () => {
    const names = createDirectory()
    const { accountSid } = demoAccount
    const baseUrl = story.twilio.url
    const client = createClient({ accountSid, username: accountSid, password: 'wrong', baseUrl })
    const configuration = { task_routing: { default_filter: { queue: one } } }
    const inputs = { workspaceSid: story.workspaceSid, configuration }
    await createForeignNames(names).find(workflow, inputs, ['routing'], client)
    assert.equal(names.nameOf(one), `${one} (not in this stack)`)
  })
})
