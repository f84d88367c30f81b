import assert from 'node:assert/strict'
import { type LocalTwilio, refused, startLocalTwilio } from '../../../support/local-twilio.ts'

const unknownService = `IS${'0'.repeat(32)}`

describe('Conversations', () => {
  let local: LocalTwilio
  const api = () => local.client.conversations.v1
  const bad = (problem: RegExp) => refused(400, 20001, problem)

  beforeEach(async () => {
    local = await startLocalTwilio()
  })
  afterEach(() => local.close())

  it('has a default service, and further ones', async () => {
    const [first] = await api().services.list()
    assert.equal(first?.friendlyName, 'Default Conversations Service')
    const { sid } = await api().services.create({ friendlyName: 'Outreach' })
    assert.match(sid, /^IS[0-9a-f]{32}$/)
    assert.equal((await api().services(sid).fetch()).friendlyName, 'Outreach')
    assert.equal(await api().services(sid).remove(), true)
    await assert.rejects(api().services(sid).fetch(), refused(404, 20404, /Services\/IS/))
    await assert.rejects(api().services(first.sid).remove(), bad(/default service/))
  })

  it('has one configuration for the account', async () => {
    const configuration = api().configuration()
    const [first] = await api().services.list()
    assert.equal((await configuration.fetch()).defaultChatServiceSid, first?.sid)
    const { sid } = await api().services.create({ friendlyName: 'Outreach' })
    const messaging = await local.client.messaging.v1.services.create({ friendlyName: 'SMS' })
    const next = await configuration.update({
      defaultChatServiceSid: sid,
      defaultMessagingServiceSid: messaging.sid,
      defaultInactiveTimer: 'PT1M',
      defaultClosedTimer: 'P1DT2H',
    })
    assert.deepEqual(
      [next.defaultChatServiceSid, next.defaultMessagingServiceSid, next.defaultClosedTimer],
      [sid, messaging.sid, 'P1DT2H'],
    )
    assert.equal(
      (await configuration.update({ defaultInactiveTimer: '' })).defaultInactiveTimer,
      null,
    )
    await assert.rejects(
      configuration.update({ defaultInactiveTimer: 'PT59S' }),
      bad(/than 60 seconds/),
    )
    await assert.rejects(
      configuration.update({ defaultClosedTimer: 'PT9M' }),
      bad(/than 600 seconds/),
    )
    await assert.rejects(configuration.update({ defaultClosedTimer: '1 day' }), bad(/ISO 8601/))
    await assert.rejects(
      configuration.update({ defaultChatServiceSid: unknownService }),
      bad(/no conversation service/),
    )
  })

  it('tells of everything by the account’s webhooks, or of a service by its own', async () => {
    const account = api().configuration.webhooks()
    const set = await account.update({
      postWebhookUrl: 'https://example.com/post',
      filters: ['onMessageAdded', 'onConversationAdded'],
      target: 'flex',
    })
    assert.deepEqual(
      [set.method, set.preWebhookUrl, set.postWebhookUrl, set.target],
      ['POST', null, 'https://example.com/post', 'flex'],
    )
    assert.deepEqual((await account.update({ method: 'GET' })).filters, [
      'onMessageAdded',
      'onConversationAdded',
    ])
    assert.equal((await account.update({ postWebhookUrl: '' })).postWebhookUrl, null)
    await assert.rejects(account.update({ filters: ['onTuesday'] }), bad(/onTuesday/))

    const { sid } = await api().services.create({ friendlyName: 'Outreach' })
    const service = api().services(sid).configuration
    const webhooks = service.webhooks()
    await webhooks.update({ preWebhookUrl: 'https://example.com/pre', filters: ['onMessageAdd'] })
    const read = await webhooks.fetch()
    assert.deepEqual(
      [read.preWebhookUrl, read.filters, read.chatServiceSid],
      ['https://example.com/pre', ['onMessageAdd'], sid],
    )
  })

  it('configures a service with roles and reachability', async () => {
    const { sid } = await api().services.create({ friendlyName: 'Outreach' })
    const configuration = api().services(sid).configuration()
    const before = await configuration.fetch()
    assert.match(before.defaultConversationRoleSid, /^RL[0-9a-f]{32}$/)
    const role = `RL${'1'.repeat(32)}`
    const next = await configuration.update({
      reachabilityEnabled: true,
      defaultConversationRoleSid: role,
    })
    assert.deepEqual(
      [next.reachabilityEnabled, next.defaultConversationRoleSid, next.defaultChatServiceRoleSid],
      [true, role, before.defaultChatServiceRoleSid],
    )
    const roles = await api().services(sid).roles.list()
    assert.deepEqual(
      roles.map(({ friendlyName, type }) => `${type}: ${friendlyName}`),
      [
        'conversation: channel admin',
        'conversation: channel user',
        'service: service admin',
        'service: service user',
      ],
    )
    const user = roles.find(({ friendlyName }) => friendlyName === 'service user')
    assert.equal(user?.sid, before.defaultChatServiceRoleSid)
    assert.equal((await api().services(sid).roles(user.sid).fetch()).friendlyName, 'service user')
    await assert.rejects(
      configuration.update({ defaultChatServiceRoleSid: sid }),
      bad(/not the SID of a role/),
    )
  })

  describe('addresses', () => {
    const addresses = () => api().addressConfigurations
    const number = async () =>
      (await local.client.incomingPhoneNumbers.create({ areaCode: '202' })).phoneNumber

    it('begin conversations that tell a webhook, or run a flow, and show the settings of that', async () => {
      const flow = await local.client.studio.v2.flows.create({
        friendlyName: 'Greeting',
        status: 'published',
        definition: {
          states: [{ name: 'Trigger', type: 'trigger', transitions: [], properties: {} }],
          initial_state: 'Trigger',
        },
      })
      const { sid } = await addresses().create({
        type: 'sms',
        address: await number(),
        'autoCreation.enabled': true,
        'autoCreation.type': 'webhook',
        'autoCreation.webhookUrl': 'https://example.com/inbound',
        'autoCreation.webhookMethod': 'post',
        'autoCreation.webhookFilters': ['onMessageAdded'],
      })
      assert.match(sid, /^IG[0-9a-f]{32}$/)
      assert.deepEqual((await addresses()(sid).fetch()).autoCreation, {
        enabled: true,
        type: 'webhook',
        conversation_service_sid: null,
        webhook_url: 'https://example.com/inbound',
        webhook_method: 'POST',
        webhook_filters: ['onMessageAdded'],
      })
      const next = await addresses()(sid).update({
        'autoCreation.type': 'studio',
        'autoCreation.studioFlowSid': flow.sid,
        'autoCreation.studioRetryCount': 2,
      })
      assert.deepEqual(next.autoCreation, {
        enabled: true,
        type: 'studio',
        conversation_service_sid: null,
        studio_flow_sid: flow.sid,
        studio_retry_count: 2,
      })
    })

    it('are refused when taken, foreign, or without what their kind needs', async () => {
      const address = await number()
      const create = (autoCreation: object) =>
        addresses().create({ type: 'sms', address, ...autoCreation })
      await assert.rejects(create({ 'autoCreation.type': 'webhook' }), bad(/WebhookUrl/))
      await assert.rejects(create({ 'autoCreation.type': 'studio' }), bad(/StudioFlowSid/))
      await assert.rejects(
        create({ 'autoCreation.conversationServiceSid': unknownService }),
        bad(/no conversation service/),
      )
      await assert.rejects(
        addresses().create({ type: 'sms', address: '+12025550199' }),
        bad(/no number of this account/),
      )
      await create({})
      await assert.rejects(create({}), refused(409, 20409, /configured already/))
    })

    it('of a number go with the number', async () => {
      const { sid, phoneNumber } = await local.client.incomingPhoneNumbers.create({
        areaCode: '202',
      })
      const address = await addresses().create({ type: 'sms', address: phoneNumber })
      await local.client.incomingPhoneNumbers(sid).remove()
      await assert.rejects(addresses()(address.sid).fetch(), refused(404, 20404, /Addresses/))
      assert.deepEqual(await addresses().list(), [])
    })

    it('are found by themselves or their SID, listed by type, and removed', async () => {
      const address = await number()
      const { sid } = await addresses().create({ type: 'sms', address })
      await addresses().create({ type: 'whatsapp', address: `whatsapp:${address}` })
      assert.equal((await addresses()(address).fetch()).sid, sid)
      assert.equal((await addresses().list({ type: 'sms' })).length, 1)
      assert.equal((await addresses()(sid).update({ friendlyName: 'Desk' })).friendlyName, 'Desk')
      assert.equal(await addresses()(sid).remove(), true)
      await assert.rejects(addresses()(sid).fetch(), refused(404, 20404, /Addresses\/IG/))
    })
  })
})
