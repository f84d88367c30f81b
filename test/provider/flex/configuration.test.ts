import assert from 'node:assert/strict'
import { demoAccount } from '../../../local/demo-account.ts'
import { configuration } from '../../../provider/flex/configuration.ts'
import { createClient } from '../../../provider/requests/client.ts'
import type { State } from '../engine/engine.ts'
import { useTwilio } from '../engine/story.ts'

const type = 'twilio:flex:Configuration'
const { accountSid, authToken } = demoAccount

describe('flex.Configuration', () => {
  const story = useTwilio()
  const path = () => `${story.twilio.url}/flex-api.twilio.com/v1/Configuration`
  const authorization = `Basic ${btoa(`${accountSid}:${authToken}`)}`
  const live = async () => {
    const answer = await fetch(path(), { headers: { authorization } })
    return (await answer.json()) as Readonly<Record<string, unknown>>
  }
  // Somebody else: the user interface, a plugin, the console.
  const elsewhere = (settings: object) =>
    fetch(path(), {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ account_sid: accountSid, ...settings }),
    })
  const up = async (old: State | undefined, program: Readonly<Record<string, unknown>>) =>
    (await story.engine.up(type, old, program)).state

  it('sets what the program names and keeps what others own', async () => {
    await elsewhere({
      attributes: { theirs: { a: 1 }, shared: { color: 'red', size: 2 } },
      crm_type: 'custom',
    })
    story.twilio.forget()
    const made = await up(undefined, {
      uiLanguage: 'en',
      attributes: { shared: { color: 'blue' }, region: 'east' },
    })
    assert.equal(story.twilio.writes().length, 1)
    const after = await live()
    assert.deepEqual(after['attributes'], {
      theirs: { a: 1 },
      shared: { color: 'blue', size: 2 },
      region: 'east',
    })
    assert.deepEqual([after['ui_language'], after['crm_type']], ['en', 'custom'])
    assert.equal(made.id, accountSid)
    assert.match(String(made.outputs['flexInstanceSid']), /^GO/)
    assert.equal('crmType' in made.outputs, false)

    const changed = await up(made, { attributes: { shared: { color: 'green' } } })
    const cleared = await live()
    assert.deepEqual(cleared['attributes'], {
      theirs: { a: 1 },
      shared: { color: 'green', size: 2 },
    })
    assert.equal(cleared['ui_language'], null)
    await up(changed, {})
    assert.deepEqual((await live())['attributes'], { theirs: { a: 1 }, shared: { size: 2 } })
  })

  it('is quiet about what others do, and sees what was done to its own', async () => {
    const program = { uiAttributes: { theme: 'dark' }, notifications: { enabled: true } }
    const made = await up(undefined, program)
    await elsewhere({ ui_attributes: { theme: 'dark', plugin: true }, markdown: { enabled: true } })
    story.twilio.forget()
    const seen = await story.engine.refresh(type, made)
    assert.equal(seen?.drift.changes, 'none')
    assert.equal((await story.engine.up(type, seen?.state, program)).step, 'same')
    assert.deepEqual(story.twilio.writes(), [])

    await elsewhere({ ui_attributes: { theme: 'light', plugin: true } })
    const drifted = await story.engine.refresh(type, made)
    assert.deepEqual(drifted?.drift.detailed, { 'uiAttributes.theme': 'update' })
    await up(drifted?.state, program)
    assert.deepEqual((await live())['ui_attributes'], { theme: 'dark', plugin: true })
  })

  it('names what it refers to, also when somebody changed that', async () => {
    const { workspaces } = story.twilio.sdk.taskrouter.v1
    const mine = await workspaces.create({ friendlyName: 'Support' })
    const theirs = await workspaces.create({ friendlyName: 'Sales' })
    const made = await up(undefined, { taskrouterWorkspaceSid: mine.sid })
    await elsewhere({ taskrouter_workspace_sid: theirs.sid })
    const seen = await story.engine.refresh(type, made)
    assert.equal(seen?.state.inputs['workspace'], 'Sales')
    assert.deepEqual(seen?.drift.detailed, { workspace: 'update' })
    await up(seen?.state, {})
    assert.equal((await live())['taskrouter_workspace_sid'], null)
  })

  it('writes nothing when everything is so already, and leaves all when it is deleted', async () => {
    await elsewhere({ flex_url: 'https://flex.example.com' })
    story.twilio.forget()
    const made = await up(undefined, { flexUrl: 'https://flex.example.com' })
    assert.deepEqual(story.twilio.writes(), [])
    await story.engine.destroy(type, made)
    assert.deepEqual(story.twilio.writes(), [])
    assert.equal((await live())['flex_url'], 'https://flex.example.com')
  })

  it('is imported as it is, and then finds nothing to do', async () => {
    const imported = await story.engine.import(type, accountSid)
    assert.ok(imported)
    assert.equal(imported.inputs['flexUrl'], 'https://flex.example.com')
    assert.equal('serverlessServiceSids' in imported.inputs, false)
    assert.equal((await story.engine.up(type, imported, imported.inputs)).step, 'same')
    await assert.rejects(story.engine.import(type, `AC${'0'.repeat(32)}`), /provider’s account/)
  })

  it('refuses what Flex does not have', async () => {
    await assert.rejects(
      story.engine.check(type, {}, { taskrouterWorkspaceSid: 'WW1' }),
      /taskrouterWorkspaceSid/,
    )
    await assert.rejects(story.engine.check(type, {}, { taskRouterSkills: [] }), /taskRouterSkills/)
  })

  it('says so when the account has no Flex', async () => {
    const body = JSON.stringify({ code: 20404, message: 'not found', status: 404 })
    const client = createClient({
      accountSid,
      username: accountSid,
      password: authToken,
      fetch: async () => new Response(body, { status: 404 }),
    })
    const context = { client, properties: {}, path: '/v1/Configuration' }
    await assert.rejects(async () => configuration.find?.(context), /has no Flex.*set Flex up/)
  })
})
