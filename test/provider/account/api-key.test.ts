import assert from 'node:assert/strict'
import providerProto from '@pulumi/pulumi/proto/provider_pb.js'
import twilio from 'twilio'
import { createRequestClient } from '../../../functions/twilio-client.ts'
import { demoAccount } from '../../../local/demo-account.ts'
import { serveProvider } from '../../../provider/protocol/server.ts'
import { configure, Refused, startEngine } from '../engine/engine.ts'
import { startFaultyTwilio } from '../engine/faulty-twilio.ts'
import { connectProvider } from '../engine/provider-connection.ts'
import { assertGone, useTwilio } from '../engine/story.ts'
import { secret as hidden, isSecret, toStruct } from '../engine/wire.ts'

const type = 'twilio:account:ApiKey'

describe('account.ApiKey', () => {
  const story = useTwilio()
  const keys = () => story.twilio.sdk.keys

  it('is made with a secret that opens the account, renamed, imported without it, deleted', async () => {
    const { state: made } = await story.engine.up(type, undefined, { friendlyName: 'Desk' })
    assert.match(made.id, /^SK[0-9a-f]{32}$/)
    const secret = made.outputs['secret']
    assert.ok(isSecret(secret))
    const { value } = secret as { readonly value: string }
    const signedIn = twilio(made.id, value, {
      accountSid: demoAccount.accountSid,
      httpClient: createRequestClient(story.twilio.url),
    })
    assert.deepEqual(await signedIn.taskrouter.v1.workspaces.list(), [])

    const renamed = await story.engine.up(type, made, { friendlyName: 'Agent desk' })
    assert.equal((await keys()(made.id).fetch()).friendlyName, 'Agent desk')
    assert.deepEqual(renamed.state.outputs['secret'], secret)
    const seen = await story.engine.refresh(type, renamed.state)
    assert.equal(seen?.drift.changes, 'none')
    assert.deepEqual(seen?.state.outputs['secret'], secret)

    story.said()
    const imported = await story.engine.import(type, made.id)
    const [note] = story.said()
    assert.equal(note?.severity, 'warning')
    assert.match(note.message, /its secret was told at its creation only, so an import has none/)
    assert.deepEqual(imported?.inputs, { friendlyName: 'Agent desk' })
    assert.equal('secret' in (imported?.outputs ?? {}), false)

    await story.engine.destroy(type, renamed.state)
    await assertGone(story, type, made)
  })

  it('needs a name', async () => {
    await assert.rejects(story.engine.up(type, undefined, { friendlyName: '' }), Refused)
    await assert.rejects(story.engine.up(type, undefined, {}), Refused)
  })

  it('is refused to a provider that signs in with a key, with the remedy', async () => {
    const { sid, secret } = await story.twilio.sdk.newKeys.create({ friendlyName: 'Deployment' })
    const server = await serveProvider({})
    const provider = connectProvider(server.port)
    try {
      const { accountSid } = demoAccount
      const baseUrl = story.twilio.url
      await configure(provider, { accountSid, baseUrl, apiKey: sid, apiSecret: hidden(secret) })
      const request = new providerProto.CreateRequest()
        .setUrn(`urn:pulumi:test::test::${type}::it`)
        .setProperties(toStruct({ friendlyName: 'Desk' }))
      await assert.rejects(
        provider.call((client, done) => client.create(request, done)),
        /standard API key can’t make others.*twilio:authToken/,
      )
    } finally {
      provider.disconnect()
      server.close()
    }
  })

  it('whose secret was lost with the answer is deleted, and another one made', async () => {
    const faulty = await startFaultyTwilio()
    const engine = await startEngine(faulty.url)
    try {
      // Two requests look whether keys may be made, and for one that an interrupted deployment left; the third one makes it.
      faulty.arm(3, 'reset after')
      const { state } = await engine.up(type, undefined, { friendlyName: 'Deployment' })
      faulty.arm()
      const rows = await faulty.rows(
        `2010-04-01/Accounts/${demoAccount.accountSid}/Keys.json`,
        'keys',
      )
      assert.deepEqual(
        rows.map(({ sid }) => sid),
        [state.id],
      )
      assert.ok(isSecret(state.outputs['secret']))
    } finally {
      engine.close()
      await faulty.close()
    }
  })
})
