import assert from 'node:assert/strict'
import { origin, response } from './application.ts'
import { openWholeCentre, type WholeCentre } from './whole-centre.ts'

describe('a call to a number', () => {
  let centre: WholeCentre
  beforeEach(async () => {
    centre = await openWholeCentre()
    const { sid: voiceApplicationSid } = await centre.client.applications.create({
      friendlyName: 'Menu',
      voiceUrl: `${origin}/menu`,
      voiceFallbackUrl: `${origin}/fallback`,
      statusCallback: `${origin}/news`,
    })
    const [number] = await centre.client.incomingPhoneNumbers.list()
    await centre.client.incomingPhoneNumbers(number?.sid ?? '').update({ voiceApplicationSid })
  })
  afterEach(() => centre.close())

  it('runs its application, which hides the number’s own addresses', async () => {
    centre.application.on('/fallback', response('<Say>Hello</Say>'))
    const sid = await centre.dial()
    assert.deepEqual(
      centre.application.seen.map(({ path }) => path),
      ['/menu', '/fallback', '/news'],
    )
    const [asked] = centre.application.to('/menu')
    assert.match(asked?.fields['ApplicationSid'] ?? '', /^AP/)
    const [told] = centre.application.to('/news')
    assert.deepEqual([told?.fields['CallSid'], told?.fields['CallStatus']], [sid, 'completed'])
  })
})
