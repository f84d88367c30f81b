import assert from 'node:assert/strict'
import { demoAccount } from '../../../local/demo-account.ts'
import { serveProvider } from '../../../provider/protocol/server.ts'
import { configure, createEngine } from '../engine/engine.ts'
import { connectProvider } from '../engine/provider-connection.ts'
import { assertGone, useTwilio } from '../engine/story.ts'
import { type Properties, secret } from '../engine/wire.ts'

const type = 'twilio:account:Subaccount'

describe('account.Subaccount', () => {
  const story = useTwilio()
  const there = (sid: string) => story.twilio.sdk.api.v2010.accounts(sid).fetch()

  it('is made with its token as a secret, renamed, suspended and opened; imported; closed', async () => {
    const { state: made } = await story.engine.up(type, undefined, { friendlyName: 'Branch' })
    const { authToken, ownerAccountSid } = await there(made.id)
    assert.deepEqual(made.outputs['authToken'], secret(authToken))
    assert.equal(made.outputs['ownerAccountSid'], ownerAccountSid)

    const suspended = await story.engine.up(type, made, {
      friendlyName: 'Branch office',
      status: 'suspended',
    })
    assert.equal(suspended.step, 'update')
    const now = await there(made.id)
    assert.deepEqual([now.friendlyName, now.status], ['Branch office', 'suspended'])
    const program = { friendlyName: 'Branch office', closeOnDelete: true }
    const opened = await story.engine.up(type, suspended.state, program)
    assert.equal((await there(made.id)).status, 'active')

    const imported = await story.engine.import(type, made.id)
    assert.deepEqual(imported?.inputs, { friendlyName: 'Branch office' })
    assert.deepEqual(imported?.outputs['authToken'], secret(authToken))

    await story.engine.destroy(type, opened.state)
    assert.equal((await there(made.id)).status, 'closed')
    await assertGone(story, type, opened.state)
  })

  it('stays as it is when it is deleted, unless it is to be closed', async () => {
    const { state } = await story.engine.up(type, undefined, { friendlyName: 'Kept' })
    story.said()
    await story.engine.destroy(type, state)
    assert.equal((await there(state.id)).status, 'active')
    assert.deepEqual(
      story.said().map(({ message }) => message),
      [
        `The account ${state.id} (Kept) stays as it is, with all that is in it: closeOnDelete is not true`,
      ],
    )
  })

  it('may be made suspended', async () => {
    const program = { friendlyName: 'Later', status: 'suspended' }
    const { state } = await story.engine.up(type, undefined, program)
    assert.equal((await there(state.id)).status, 'suspended')
    assert.equal((await story.engine.refresh(type, state))?.drift.changes, 'none')
    assert.equal((await story.engine.up(type, state, program)).step, 'same')
  })

  it('that somebody suspended or closed in the console is seen', async () => {
    const program = { friendlyName: 'Drifting', status: 'active' }
    const { state } = await story.engine.up(type, undefined, program)
    const account = story.twilio.sdk.api.v2010.accounts(state.id)
    await account.update({ status: 'suspended' })
    const seen = await story.engine.refresh(type, state)
    assert.deepEqual(Object.keys(seen?.drift.detailed ?? {}), ['status'])
    await account.update({ status: 'closed' })
    assert.equal(await story.engine.refresh(type, state), undefined)
  })

  it('is never the main account, and never a closed one', async () => {
    assert.equal(await story.engine.import(type, demoAccount.accountSid), undefined)
    const { objects } = await story.engine.list(type)
    assert.deepEqual(
      objects.map(({ name }) => name),
      ['Kept', 'Later'],
    )
  })

  it('is refused without a name, and cannot be declared closed', async () => {
    await assert.rejects(story.engine.check(type, {}, {}), /friendlyName/)
    const closed = { friendlyName: 'x', status: 'closed' }
    await assert.rejects(story.engine.check(type, {}, closed), /status/)
  })

  it('is told to need the token when the provider signs in with a key', async () => {
    const key = await story.twilio.sdk.newKeys.create({ friendlyName: 'deployment' })
    const server = await serveProvider({})
    const provider = connectProvider(server.port)
    try {
      const login: Properties = { apiKey: key.sid, apiSecret: secret(key.secret) }
      const { accountSid } = demoAccount
      await configure(provider, { accountSid, ...login, baseUrl: story.twilio.url })
      const engine = createEngine(provider, () => {})
      await assert.rejects(
        engine.up(type, undefined, { friendlyName: 'By key' }),
        /made with the auth token of the main account/,
      )
    } finally {
      provider.disconnect()
      server.close()
    }
  })
})
