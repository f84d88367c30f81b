import assert from 'node:assert/strict'
import { Refused } from '../engine/engine.ts'
import { assertGone, useTwilio } from '../engine/story.ts'

const type = 'twilio:conversations:AddressConfiguration'
const address = '+12025550111'

describe('conversations.AddressConfiguration', () => {
  const story = useTwilio()
  const api = () => story.twilio.sdk.conversations.v1.addressConfigurations
  let flowSid = ''
  before(async () => {
    await story.twilio.sdk.incomingPhoneNumbers.create({ phoneNumber: address })
    const flow = await story.twilio.sdk.studio.v2.flows.create({
      friendlyName: 'Texts',
      status: 'published',
      definition: {
        states: [{ name: 'Trigger', type: 'trigger', transitions: [], properties: {} }],
        initial_state: 'Trigger',
      },
    })
    flowSid = flow.sid
  })

  it('tells a webhook, then runs a flow, then neither; is imported, deleted', async () => {
    const webhook = {
      enabled: true,
      type: 'webhook',
      webhookUrl: 'https://example.com/texts',
      webhookFilters: ['onMessageAdded', 'onParticipantAdded'],
    }
    const program = { type: 'sms', address, friendlyName: 'Texts', autoCreation: webhook }
    const { state: made } = await story.engine.up(type, undefined, program)
    assert.match(made.id, /^IG[0-9a-f]{32}$/)
    assert.deepEqual(made.outputs['autoCreation'], webhook)
    assert.equal((await story.engine.refresh(type, made))?.drift.changes, 'none')
    assert.equal((await story.engine.up(type, made, program)).step, 'same')
    const get = { ...webhook, webhookMethod: 'GET' }
    story.twilio.forget()
    const { state: got } = await story.engine.up(type, made, { ...program, autoCreation: get })
    const [change] = story.twilio.writes()
    assert.deepEqual(Object.fromEntries(change?.form ?? []), {
      'AutoCreation.WebhookMethod': 'get',
    })
    const imported = await story.engine.import(type, made.id)
    assert.deepEqual(imported?.inputs, { ...program, autoCreation: get })
    story.twilio.forget()
    const { state: posted } = await story.engine.up(type, got, program)
    const [cleared] = story.twilio.writes()
    assert.deepEqual(Object.fromEntries(cleared?.form ?? []), {
      'AutoCreation.WebhookMethod': 'post',
    })

    const studio = { enabled: true, type: 'studio', studioFlowSid: flowSid, studioRetryCount: 2 }
    story.twilio.forget()
    const { state: flowing } = await story.engine.up(type, posted, {
      ...program,
      autoCreation: studio,
    })
    const [write] = story.twilio.writes()
    assert.deepEqual(Object.fromEntries(write?.form ?? []), {
      'AutoCreation.Type': 'studio',
      'AutoCreation.StudioFlowSid': flowSid,
      'AutoCreation.StudioRetryCount': '2',
    })
    assert.equal((await api()(made.id).fetch()).autoCreation.studio_flow_sid, flowSid)

    const { state: plain } = await story.engine.up(type, flowing, { type: 'sms', address })
    const there = await api()(made.id).fetch()
    assert.equal(there.friendlyName, null)
    assert.deepEqual([there.autoCreation.enabled, there.autoCreation.type], [false, 'default'])
    assert.deepEqual((await story.engine.import(type, made.id))?.inputs, { type: 'sms', address })
    await story.engine.destroy(type, plain)
    await assertGone(story, type, plain)
  })

  it('takes its events as a set, and a single member that drifted is named', async () => {
    const autoCreation = {
      enabled: true,
      type: 'webhook',
      webhookUrl: 'https://example.com/texts',
      webhookFilters: ['onMessageAdded', 'onDeliveryUpdated'],
    }
    const program = { type: 'sms', address, autoCreation }
    const { state } = await story.engine.up(type, undefined, program)
    const turned = { ...autoCreation, webhookFilters: ['onDeliveryUpdated', 'onMessageAdded'] }
    const again = await story.engine.up(type, state, { ...program, autoCreation: turned })
    assert.equal(again.step, 'same')
    const less = { ...autoCreation, webhookFilters: ['onMessageAdded'] }
    const difference = await story.engine.diff(type, state, { ...program, autoCreation: less })
    assert.deepEqual(difference.detailed, { 'autoCreation.webhookFilters': 'update' })

    await api()(state.id).update({ 'autoCreation.webhookUrl': 'https://example.com/else' })
    const seen = await story.engine.refresh(type, state)
    assert.deepEqual(seen?.drift.detailed, { 'autoCreation.webhookUrl': 'update' })
    await api()(state.id).update({
      'autoCreation.type': 'studio',
      'autoCreation.studioFlowSid': flowSid,
    })
    const switched = await story.engine.refresh(type, state)
    assert.ok(switched)
    const undone = await story.engine.up(type, switched.state, program)
    const { autoCreation: live } = await api()(state.id).fetch()
    assert.deepEqual([live.type, live.webhook_url], ['webhook', autoCreation.webhookUrl])
    await story.engine.destroy(type, undone.state)
  })

  it('is refused without what its type needs, or with what belongs to another', async () => {
    const refused = (program: object, about: RegExp) =>
      assert.rejects(
        story.engine.up(type, undefined, { type: 'sms', address, ...program }),
        (error) => {
          assert.ok(error instanceof Refused)
          assert.match(error.message, about)
          return true
        },
      )
    await refused({ address: 'desk' }, /address: must be a number in E.164/)
    await refused({ type: 'whatsapp' }, /whatsapp:\+12025550100/)
    await refused({ autoCreation: { type: 'flow' } }, /must be "webhook" or "studio" or "default"/)
    await refused({ autoCreation: { studioFlow: flowSid } }, /did you mean “studioFlowSid”/)
    await refused({ autoCreation: { type: 'studio' } }, /studioFlowSid: is missing/)
    await refused(
      { autoCreation: { type: 'studio', studioFlowSid: flowSid, webhookMethod: 'GET' } },
      /autoCreation.webhookMethod: belongs to the type webhook, not studio/,
    )
    await refused({ autoCreation: { type: 'webhook', webhookUrl: 'x' } }, /autoCreation.webhookUrl/)
    await refused({ autoCreation: { webhookFilters: ['onConversationAdd'] } }, /webhookFilters/)
  })

  it('that is there already is refused with the import that takes it over', async () => {
    const { sid } = await api().create({ type: 'sms', address, 'autoCreation.enabled': true })
    await assert.rejects(
      story.engine.up(type, undefined, { type: 'sms', address }),
      new RegExp(`pulumi import ${type} it ${sid}`),
    )
  })
})
