import assert from 'node:assert/strict'
import { type LocalTwilio, refused, startLocalTwilio } from '../../../support/local-twilio.ts'

describe('phone numbers', () => {
  let local: LocalTwilio
  const numbers = () => local.client.incomingPhoneNumbers

  beforeEach(async () => {
    local = await startLocalTwilio()
  })
  afterEach(() => local.close())

  it('are bought as offered, with their voice settings', async () => {
    const [offered] = await local.client
      .availablePhoneNumbers('US')
      .local.list({ areaCode: 212, limit: 1 })
    assert.equal(offered?.phoneNumber, '+12125550100')
    const number = await numbers().create({
      phoneNumber: offered.phoneNumber,
      voiceUrl: 'https://example.com/incoming-call',
      statusCallback: 'https://example.com/call-status',
      statusCallbackMethod: 'GET',
    })
    assert.match(number.sid, /^PN[0-9a-f]{32}$/)
    assert.equal(number.friendlyName, '(212) 555-0100')
    assert.equal(number.voiceUrl, 'https://example.com/incoming-call')
    assert.equal(number.voiceMethod, 'POST')
    assert.equal(number.statusCallbackMethod, 'GET')
    assert.equal(number.capabilities.voice, true)
    assert.equal(number.dateCreated.toISOString(), '2026-01-05T09:00:00.000Z')
  })

  it('are chosen by area code, one after another', async () => {
    const first = await numbers().create({ areaCode: '202' })
    const second = await numbers().create({ areaCode: '202' })
    assert.deepEqual([first.phoneNumber, second.phoneNumber], ['+12025550100', '+12025550101'])
    const offered = await local.client.availablePhoneNumbers('US').local.list({ areaCode: 202 })
    assert.equal(offered[0]?.phoneNumber, '+12025550102')
  })

  it('are bought and listed by kind', async () => {
    await numbers().create({ areaCode: '202' })
    const free = await numbers().tollFree.create({ phoneNumber: '+18005550100' })
    assert.equal(free.phoneNumber, '+18005550100')
    const mobile = await numbers().mobile.create({ phoneNumber: '+447700900001' })
    const listed = await numbers().mobile.list()
    assert.deepEqual(
      listed.map(({ sid }) => sid),
      [mobile.sid],
    )
    await assert.rejects(
      numbers().local.create({ phoneNumber: '+18005550101' }),
      refused(400, 21421, /not a local number/),
    )
  })

  it('refuse what cannot be bought', async () => {
    const buy = (phoneNumber: string) => numbers().create({ phoneNumber })
    await assert.rejects(buy('12345'), refused(400, 21421, /not a valid E\.164 number/))
    await buy('+12025550123')
    await assert.rejects(buy('+12025550123'), refused(400, 21422, /not available/))
    await assert.rejects(buy('+15005550000'), refused(400, 21422, /not available/))
    await assert.rejects(numbers().create({ areaCode: '12' }), refused(400, 21451, /area code/))
    await assert.rejects(numbers().create({ areaCode: '533' }), refused(400, 21452, /area code/))
    await assert.rejects(numbers().create({}), refused(400, 20001, /PhoneNumber or AreaCode/))
    await assert.rejects(
      numbers().create({ areaCode: '202', voiceUrl: 'incoming-call' }),
      refused(400, 21402, /VoiceUrl/),
    )
    await assert.rejects(
      numbers().create({ areaCode: '202', voiceMethod: 'PATCH' }),
      refused(400, 21403, /VoiceMethod/),
    )
  })

  it('change what is sent, and are released', async () => {
    const { sid } = await numbers().create({ areaCode: '202', voiceUrl: 'https://example.com/a' })
    const next = await numbers()(sid).update({ friendlyName: 'Front desk' })
    assert.deepEqual([next.friendlyName, next.voiceUrl], ['Front desk', 'https://example.com/a'])
    assert.equal((await numbers()(sid).update({ voiceUrl: '' })).voiceUrl, '')
    assert.equal(await numbers()(sid).remove(), true)
    await assert.rejects(numbers()(sid).fetch(), refused(404, 20404, /was not found/))
    assert.equal((await numbers().create({ areaCode: '202' })).phoneNumber, '+12025550100')
  })

  it('are listed by part of the number, by name, and page by page', async () => {
    for (let i = 0; i < 5; i++) {
      await numbers().create({ areaCode: '202', friendlyName: `Line ${i}` })
    }
    await numbers().create({ areaCode: '212' })
    assert.equal((await numbers().list({ phoneNumber: '+1202' })).length, 5)
    assert.equal((await numbers().list({ phoneNumber: '2*2555' })).length, 6)
    assert.equal((await numbers().list({ friendlyName: 'Line 3' })).length, 1)
    assert.equal((await numbers().list({ pageSize: 2 })).length, 6)
    const page = await numbers().page({ pageSize: 2 })
    assert.match(page.nextPageUrl ?? '', /Page=1&PageToken=PAPN/)
  })

  it('have no fallback without an address that it stands in for', async () => {
    const voiceFallbackUrl = 'https://centre.example.com/fallback'
    const refusal = refused(400, 21405, /VoiceFallbackUrl needs a VoiceUrl/)
    await assert.rejects(
      local.client.incomingPhoneNumbers.create({ areaCode: '202', voiceFallbackUrl }),
      refusal,
    )
    const voiceUrl = 'https://centre.example.com/incoming-call'
    const { sid } = await local.client.incomingPhoneNumbers.create({
      areaCode: '202',
      voiceUrl,
      voiceFallbackUrl,
    })
    const number = local.client.incomingPhoneNumbers(sid)
    await assert.rejects(number.update({ voiceUrl: '' }), refusal)
    assert.equal((await number.fetch()).voiceUrl, voiceUrl)
    await number.remove()
  })

  it('may lead to an application, which must exist', async () => {
    await assert.rejects(
      numbers().create({ areaCode: '202', voiceApplicationSid: `AP${'0'.repeat(32)}` }),
      refused(400, 21218, /no application/),
    )
    const { sid } = await local.client.applications.create({ friendlyName: 'Centre' })
    const number = await numbers().create({ areaCode: '202', voiceApplicationSid: sid })
    assert.equal(number.voiceApplicationSid, sid)
  })

  it('are searched by what they contain', async () => {
    const { local: offered } = local.client.availablePhoneNumbers('US')
    const found = async (contains: string) =>
      (await offered.list({ contains })).map(({ phoneNumber }) => phoneNumber)
    assert.deepEqual(await found('+1415*55014%2$'), ['+14155550142'])
    assert.deepEqual(await found('KL55501'), [])
    await assert.rejects(found('4-1'), refused(400, 20001, /digits, letters/))
    await assert.rejects(found('4*'), refused(400, 20001, /at least two/))
  })

  it('exist for a few countries', async () => {
    const countries = await local.client.availablePhoneNumbers.list()
    assert.deepEqual(
      countries.map(({ countryCode }) => countryCode),
      ['US', 'CA', 'GB'],
    )
    const britain = await local.client.availablePhoneNumbers('GB').fetch()
    assert.equal(britain.country, 'United Kingdom')
    const [mobile] = await local.client.availablePhoneNumbers('GB').mobile.list({ limit: 1 })
    assert.equal(mobile?.phoneNumber, '+447700900000')
    const [free] = await local.client.availablePhoneNumbers('US').tollFree.list({ limit: 1 })
    assert.equal(free?.phoneNumber, '+18005550100')
  })
})
