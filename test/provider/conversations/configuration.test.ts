import assert from 'node:assert/strict'
import { demoAccount } from '../../../local/demo-account.ts'
import { Refused } from '../engine/engine.ts'
import { useTwilio } from '../engine/story.ts'

const type = 'twilio:conversations:Configuration'
const webhooksType = 'twilio:conversations:Webhooks'
const serviceType = 'twilio:conversations:Service'
const { accountSid } = demoAccount

describe('conversations.Configuration', () => {
  const story = useTwilio()
  const live = () => story.twilio.sdk.conversations.v1.configuration().fetch()

  it('is set, changed, imported, and given back, so that the service can go', async () => {
    const own = (await live()).defaultChatServiceSid
    const { state: service } = await story.engine.up(serviceType, undefined, {
      friendlyName: 'Outreach',
    })
    const messaging = await story.twilio.sdk.messaging.v1.services.create({ friendlyName: 'SMS' })
    const program = {
      defaultChatServiceSid: service.id,
      defaultMessagingServiceSid: messaging.sid,
      defaultInactiveTimer: 'PT30M',
      defaultClosedTimer: 'P1D',
    }
    const { state: made } = await story.engine.up(type, undefined, program)
    assert.equal(made.id, accountSid)
    assert.equal((await live()).defaultChatServiceSid, service.id)
    const other = { ...program, defaultInactiveTimer: 'PT1800S' }
    assert.equal((await story.engine.up(type, made, other)).step, 'same')
    assert.deepEqual((await story.engine.import(type, made.id))?.inputs, {
      ...program,
      defaultChatService: 'Outreach',
      defaultMessagingService: 'SMS',
    })

    const { defaultClosedTimer: _, ...less } = program
    const { state } = await story.engine.up(type, made, less)
    assert.equal((await live()).defaultClosedTimer, null)
    await story.engine.destroy(type, state)
    const after = await live()
    assert.deepEqual(
      [after.defaultChatServiceSid, after.defaultMessagingServiceSid, after.defaultInactiveTimer],
      [own, null, null],
    )
    await story.engine.destroy(serviceType, service)
  })

  it('is refused with durations that Twilio does not take', async () => {
    const refused = (program: object, about: RegExp) =>
      assert.rejects(story.engine.up(type, undefined, { ...program }), (error) => {
        assert.ok(error instanceof Refused)
        assert.match(error.message, about)
        return true
      })
    await refused({ defaultInactiveTimer: 'PT59S' }, /too short.*60 seconds/)
    await refused({ defaultClosedTimer: 'PT9M' }, /too short.*600 seconds/)
    await refused({ defaultClosedTimer: '1 day' }, /no ISO 8601 duration/)
  })

  it('of another account is not read as this one’s', async () => {
    await assert.rejects(story.engine.import(type, `AC${'9'.repeat(32)}`), /provider’s account/)
  })
})

describe('conversations.Webhooks', () => {
  const story = useTwilio()
  const live = () => story.twilio.sdk.conversations.v1.configuration.webhooks().fetch()

  it('are set, seen to drift, imported, and cleared', async () => {
    const program = {
      postWebhookUrl: 'https://example.com/did',
      filters: ['onUserAdded', 'onMessageAdded'],
      target: 'flex',
    }
    const { state: nothing } = await story.engine.up(webhooksType, undefined, {})
    const still = await story.engine.refresh(webhooksType, nothing)
    assert.deepEqual([still?.drift.changes, still?.state.inputs], ['none', {}])
    const { state: made } = await story.engine.up(webhooksType, nothing, program)
    assert.equal(made.id, accountSid)
    assert.equal((await story.engine.up(webhooksType, made, program)).step, 'same')
    const { events, ...imported } =
      (await story.engine.import(webhooksType, accountSid))?.inputs ?? {}
    assert.deepEqual(imported, program)
    assert.deepEqual(Object.keys(events ?? {}).sort(), program.filters.toSorted())
    await story.twilio.sdk.conversations.v1.configuration.webhooks().update({ target: 'webhook' })
    const seen = await story.engine.refresh(webhooksType, made)
    assert.deepEqual(seen?.drift.detailed, { target: 'add' })
    await story.engine.destroy(webhooksType, made)
    const { postWebhookUrl, filters, target } = await live()
    assert.deepEqual([postWebhookUrl, filters, target], [null, [], 'webhook'])
  })
})
