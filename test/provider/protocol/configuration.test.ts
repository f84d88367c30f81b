import assert from 'node:assert/strict'
import type { CheckResponse, DiffResponse } from '@pulumi/pulumi/proto/provider_pb.js'
import providerProto from '@pulumi/pulumi/proto/provider_pb.js'
import { demoAccount } from '../../../local/demo-account.ts'
import { isForced } from '../../../provider/protocol/configuration.ts'
import { configure } from '../engine/engine.ts'
import { type ProviderProcess, startProvider } from '../engine/provider-process.ts'
import { type RecordedTwilio, startRecordedTwilio } from '../engine/recorded-twilio.ts'
import { fromStruct, isSecret, type Properties, secret, toStruct, unknown } from '../engine/wire.ts'

const { accountSid, authToken } = demoAccount
const urn = 'urn:pulumi:test::test::pulumi:providers:twilio::default'

describe('the configuration of the provider', () => {
  let twilio: RecordedTwilio
  let provider: ProviderProcess

  before(async () => {
    twilio = await startRecordedTwilio()
    provider = await startProvider()
  })

  after(async () => {
    await provider.close()
    await twilio.close()
  })

  async function checkConfig(news: Properties) {
    const request = new providerProto.CheckRequest().setUrn(urn).setNews(toStruct(news))
    const answer = await provider.call<CheckResponse>((client, done) =>
      client.checkConfig(request, done),
    )
    const failures = answer.getFailuresList().map((failure) => failure.toObject())
    return {
      inputs: fromStruct(answer.getInputs()),
      reasons: Object.fromEntries(failures.map(({ property, reason }) => [property, reason])),
    }
  }

  async function diffConfig(before: Properties, after: Properties): Promise<DiffResponse> {
    const request = new providerProto.DiffRequest()
      .setUrn(urn)
      .setOlds(toStruct(before))
      .setOldInputs(toStruct(before))
      .setNews(toStruct(after))
    return provider.call<DiffResponse>((client, done) => client.diffConfig(request, done))
  }

  it('takes force as a flag, as text, or from the environment of a run', async () => {
    for (const force of [true, 'true', 'false']) {
      assert.deepEqual((await checkConfig({ accountSid, authToken, force })).reasons, {})
    }
    const { reasons } = await checkConfig({ accountSid, authToken, force: 'perhaps' })
    assert.match(String(reasons['force']), /boolean/)
    assert.deepEqual(
      [{ force: true }, { force: 'true' }, { force: 'false' }, {}].map((values) =>
        isForced(values, {}),
      ),
      [true, true, false, false],
    )
    assert.ok(isForced({}, { TWILIO_FORCE: 'true' }))
    assert.ok(!isForced({}, { TWILIO_FORCE: '0' }))
  })

  it('says what is missing, with the command that sets it', async () => {
    const { reasons } = await checkConfig({})
    assert.match(reasons['accountSid'] ?? '', /pulumi config set twilio:accountSid/)
    assert.match(reasons['authToken'] ?? '', /pulumi config set --secret twilio:authToken/)
    const key = await checkConfig({ accountSid, apiKey: `SK${'1'.repeat(32)}` })
    assert.deepEqual(Object.keys(key.reasons), ['apiSecret'])
  })

  it('takes unknown values, and hands the version of an engine back', async () => {
    const { reasons, inputs } = await checkConfig({
      accountSid,
      authToken: unknown,
      version: '0.1.0',
    })
    assert.deepEqual(reasons, {})
    assert.equal(inputs['version'], '0.1.0')
  })

  it('marks the token as a secret', async () => {
    const { inputs } = await checkConfig({ accountSid, authToken })
    assert.ok(isSecret(inputs['authToken']))
    assert.ok(!isSecret(inputs['accountSid']))
  })

  it('makes everything anew for another account, and nothing for another token', async () => {
    const config = { accountSid, authToken: 'one', baseUrl: 'http://127.0.0.1:1' }
    const rotated = await diffConfig(config, { ...config, authToken: 'two' })
    assert.deepEqual(rotated.getReplacesList(), [])
    assert.equal(rotated.getChanges(), 2)
    const moved = await diffConfig(config, { ...config, accountSid: `AC${'6'.repeat(32)}` })
    assert.deepEqual(moved.getReplacesList(), ['accountSid'])
    assert.equal((await diffConfig(config, config)).getChanges(), 1)
  })

  it('finds a wrong token before anything is planned, and does not repeat it', async () => {
    const wrong = { accountSid, authToken: secret('not-the-token'), baseUrl: twilio.url }
    await assert.rejects(configure(provider, wrong), ({ message }: Error) => {
      assert.match(message, /pulumi config set --secret twilio:authToken/)
      assert.match(message, new RegExp(accountSid))
      assert.doesNotMatch(message, /not-the-token/)
      return true
    })
  })

  it('takes an API key of the account, and finds a wrong secret', async () => {
    const { sid, secret: word } = await twilio.sdk.newKeys.create({ friendlyName: 'deploy' })
    const withKey = { accountSid, apiKey: sid, baseUrl: twilio.url }
    await configure(provider, { ...withKey, apiSecret: secret(word) })
    const wrong = { ...withKey, apiSecret: secret('no-such-word') }
    await assert.rejects(configure(provider, wrong), ({ message }: Error) => {
      assert.match(message, /pulumi config set --secret twilio:apiSecret/)
      assert.doesNotMatch(message, /no-such-word/)
      return true
    })
  })

  it('finds an account that does not exist', async () => {
    const wrong = { accountSid: `AC${'6'.repeat(32)}`, authToken, baseUrl: twilio.url }
    await assert.rejects(configure(provider, wrong), /twilio:accountSid|credentials/)
  })

  it('asks the account once, and nothing else', async () => {
    twilio.forget()
    await configure(provider, { accountSid, authToken: secret(authToken), baseUrl: twilio.url })
    assert.deepEqual(
      twilio.requests().map(({ method, path }) => `${method} ${path}`),
      [`GET /api.twilio.com/2010-04-01/Accounts/${accountSid}.json`],
    )
  })

  it('says where nothing answers', async () => {
    const nowhere = { accountSid, authToken, baseUrl: 'http://127.0.0.1:9' }
    await assert.rejects(configure(provider, nowhere), /http:\/\/127\.0\.0\.1:9/)
  })

  it('comes from the environment where it says nothing', async () => {
    const fromEnvironment = await startProvider({
      TWILIO_ACCOUNT_SID: accountSid,
      TWILIO_AUTH_TOKEN: authToken,
      TWILIO_BASE_URL: twilio.url,
    })
    try {
      await configure(fromEnvironment, {})
    } finally {
      await fromEnvironment.close()
    }
  })
})
