import assert from 'node:assert/strict'
import { Refused } from '../engine/engine.ts'
import { assertGone, useTwilio } from '../engine/story.ts'

const serviceType = 'twilio:conversations:Service'
const partType = 'twilio:conversations:ServiceConfiguration'
const webhooksType = 'twilio:conversations:ServiceWebhooks'

describe('conversations.Service', () => {
  const story = useTwilio()

  it('is made, imported, replaced for another name, deleted', async () => {
    const program = { friendlyName: 'Outreach' }
    const { state: made } = await story.engine.up(serviceType, undefined, program)
    assert.match(made.id, /^IS[0-9a-f]{32}$/)
    assert.equal((await story.engine.refresh(serviceType, made))?.drift.changes, 'none')
    assert.deepEqual((await story.engine.import(serviceType, made.id))?.inputs, program)
    const renamed = await story.engine.diff(serviceType, made, { friendlyName: 'Sales' })
    assert.deepEqual(renamed.replaces, ['friendlyName'])
    await story.engine.destroy(serviceType, made)
    await assertGone(story, serviceType, made)
  })
})

describe('conversations.ServiceConfiguration', () => {
  const story = useTwilio()
  let chatServiceSid = ''
  const live = () =>
    story.twilio.sdk.conversations.v1.services(chatServiceSid).configuration().fetch()
  before(async () => {
    const program = { friendlyName: 'Outreach' }
    chatServiceSid = (await story.engine.up(serviceType, undefined, program)).state.id
  })

  it('is set, cleared to the service’s own roles, imported, and given back', async () => {
    const own = await live()
    const role = `RL${'1'.repeat(32)}`
    const program = {
      chatServiceSid,
      defaultConversationRoleSid: role,
      defaultChatServiceRoleSid: role,
      reachabilityEnabled: true,
    }
    const { state: made } = await story.engine.up(partType, undefined, program)
    assert.equal(made.id, chatServiceSid)
    const set = await live()
    assert.deepEqual([set.defaultConversationRoleSid, set.reachabilityEnabled], [role, true])
    // What the service came with is not written out.
    assert.deepEqual((await story.engine.import(partType, made.id))?.inputs, program)

    const less = { chatServiceSid, defaultChatServiceRoleSid: role }
    const { state, step } = await story.engine.up(partType, made, less)
    assert.equal(step, 'update')
    const after = await live()
    assert.deepEqual(
      [
        after.defaultConversationRoleSid,
        after.defaultChatServiceRoleSid,
        after.reachabilityEnabled,
      ],
      [own.defaultConversationRoleSid, role, false],
    )
    await story.engine.destroy(partType, state)
    const given = await live()
    assert.equal(given.defaultChatServiceRoleSid, own.defaultChatServiceRoleSid)
  })

  it('shows what somebody switched, and is gone with the service', async () => {
    const program = { chatServiceSid, reachabilityEnabled: true }
    const { state } = await story.engine.up(partType, undefined, program)
    const service = story.twilio.sdk.conversations.v1.services(chatServiceSid)
    await service.configuration().update({ reachabilityEnabled: false })
    const seen = await story.engine.refresh(partType, state)
    assert.deepEqual(seen?.drift.detailed, { reachabilityEnabled: 'add' })
    await service.remove()
    assert.equal(await story.engine.refresh(partType, state), undefined)
    await story.engine.destroy(partType, state)
  })
})

describe('conversations.ServiceWebhooks', () => {
  const story = useTwilio()
  let chatServiceSid = ''
  const live = () =>
    story.twilio.sdk.conversations.v1.services(chatServiceSid).configuration.webhooks().fetch()
  before(async () => {
    const program = { friendlyName: 'Outreach' }
    chatServiceSid = (await story.engine.up(serviceType, undefined, program)).state.id
  })

  it('of which nothing is ever told are warned of', async () => {
    story.said()
    const urls = {
      preWebhookUrl: 'https://example.com/may',
      postWebhookUrl: 'https://example.com/did',
    }
    const program = { chatServiceSid, ...urls, filters: ['onMessageAdded'] }
    await story.engine.check(webhooksType, {}, program)
    const [warning, ...others] = story.said()
    assert.match(String(warning?.message), /preWebhookUrl.*is never requested.*about to happen/)
    assert.deepEqual([warning?.severity, others], ['warning', []])
  })

  it('are set, changed, imported, and cleared', async () => {
    const program = {
      chatServiceSid,
      preWebhookUrl: 'https://example.com/may',
      postWebhookUrl: 'https://example.com/did',
      filters: ['onMessageAdded', 'onMessageAdd'],
    }
    const { state: made } = await story.engine.up(webhooksType, undefined, program)
    const { filters: _, ...rest } = program
    const imported = await story.engine.import(webhooksType, made.id)
    const events = { onMessageAdd: 'asked before', onMessageAdded: 'told afterwards' }
    assert.deepEqual(imported?.inputs, { ...program, events })
    const { state } = await story.engine.up(webhooksType, made, { ...rest, method: 'GET' })
    const after = await live()
    assert.deepEqual([after.method, after.filters], ['GET', []])
    await story.engine.destroy(webhooksType, state)
    const cleared = await live()
    assert.deepEqual(
      [cleared.preWebhookUrl, cleared.postWebhookUrl, cleared.method],
      [null, null, 'POST'],
    )
  })

  it('take their events in any order, and lose one that is taken out', async () => {
    const program = {
      chatServiceSid,
      postWebhookUrl: 'https://example.com/did',
      filters: ['onMessageAdded', 'onConversationAdded', 'onMessageAdded'],
    }
    const { state: made } = await story.engine.up(webhooksType, undefined, program)
    const turned = { ...program, filters: ['onConversationAdded', 'onMessageAdded'] }
    assert.equal((await story.engine.up(webhooksType, made, turned)).step, 'same')
    await story.twilio.sdk.conversations.v1
      .services(chatServiceSid)
      .configuration.webhooks()
      .update({ filters: ['onConversationAdded', 'onMessageAdded'] })
    assert.equal((await story.engine.refresh(webhooksType, made))?.drift.changes, 'none')

    const less = { ...program, filters: ['onConversationAdded'] }
    story.said()
    const inputs = await story.engine.check(webhooksType, made.inputs, less)
    const difference = await story.engine.diff(webhooksType, made, inputs)
    assert.deepEqual(difference.detailed, { 'events.onMessageAdded': 'delete' })
    assert.deepEqual(
      story.said().map(({ message }) => message),
      ['no longer requested for onMessageAdded'],
    )
    await story.engine.up(webhooksType, made, less)
    assert.deepEqual((await live()).filters, ['onConversationAdded'])
  })

  it('are refused with an event that there is not', async () => {
    const program = { chatServiceSid, filters: ['onMessageAdded', 'onMesageAdd'] }
    await assert.rejects(story.engine.up(webhooksType, undefined, program), (error) => {
      assert.ok(error instanceof Refused)
      assert.match(
        error.message,
        /^filters\[1\]: can’t be “onMesageAdd”; did you mean “onMessageAdd/,
      )
      return true
    })
  })
})
