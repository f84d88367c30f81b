import assert from 'node:assert/strict'
import { type LocalTwilio, refused, startLocalTwilio } from '../../../support/local-twilio.ts'

const CUSTOMER = '+12025550999'

describe('Content templates', () => {
  let local: LocalTwilio
  let number: string
  const contents = () => local.client.content.v1.contents
  // The SDK sends what it is given as it stands.
  const create = (types: object) =>
    contents().create({
      friendly_name: 'Greeting',
      language: 'en',
      variables: { 1: 'friend', 2: 'today' },
      types,
    } as Parameters<ReturnType<typeof contents>['create']>[0])
  const send = (contentSid: string, contentVariables?: string) =>
    local.client.messages.create({ from: number, to: CUSTOMER, contentSid, contentVariables })

  beforeEach(async () => {
    local = await startLocalTwilio()
    number = (await local.client.incomingPhoneNumbers.create({ areaCode: '202' })).phoneNumber
  })
  afterEach(() => local.close())

  it('are created, fetched, listed and removed, and outlive a restart', async () => {
    const { sid } = await create({ 'twilio/text': { body: 'Hello' } })
    assert.match(sid, /^HX[0-9a-f]{32}$/)
    const restore = JSON.parse(JSON.stringify(local.twilio.snapshot()))
    await local.close()
    local = await startLocalTwilio({ restore })
    const { friendlyName, language, types } = await contents()(sid).fetch()
    assert.deepEqual(
      [friendlyName, language, types],
      ['Greeting', 'en', { 'twilio/text': { body: 'Hello' } }],
    )
    assert.equal((await contents().list()).length, 1)
    assert.equal(await contents()(sid).remove(), true)
    await assert.rejects(contents()(sid).fetch(), refused(404, 20404, /Content\/HX/))
  })

  it('give messages their text, with variables or their defaults', async () => {
    const { sid } = await create({ 'twilio/text': { body: 'Hello {{1}}, see you {{2}} {{3}}' } })
    const message = await send(sid, '{"1":"Ada"}')
    assert.equal(message.body, 'Hello Ada, see you today {{3}}')
    await assert.rejects(send(sid, '{'), refused(400, 21656, /ContentVariables/))
  })

  it('give messages their media', async () => {
    const { sid } = await create({
      'twilio/media': { body: 'Look', media: ['https://example.com/{{1}}.png'] },
    })
    await send(sid)
    await local.clock.advance(1_000)
    const [text] = local.twilio.phones.inbox(CUSTOMER)
    assert.deepEqual([text?.body, text?.mediaUrls], ['Look', ['https://example.com/friend.png']])
  })

  it('are refused when no text message can say them', async () => {
    const { sid } = await create({ 'twilio/quick-reply': { body: 'Well?', actions: [] } })
    await assert.rejects(send(sid), refused(400, 21655, /neither twilio\/text/))
    await assert.rejects(create({ 'twilio/text': {} }), refused(400, 20001, /body/))
  })
})
