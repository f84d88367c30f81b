import assert from 'node:assert/strict'
import { useTwilio } from '../engine/story.ts'

const type = 'twilio:phoneNumbers:IncomingPhoneNumber'

describe('phoneNumbers.IncomingPhoneNumber', () => {
  const story = useTwilio()

  const numbers = (phoneNumber: string) =>
    story.twilio.sdk.api.v2010.account.incomingPhoneNumbers.list({ phoneNumber })

  it('is bought, changed, cleared, imported, and kept on delete without its webhooks', async () => {
    const program = {
      phoneNumber: '+12025550111',
      friendlyName: 'Main',
      voiceUrl: 'https://example.com/call',
      statusCallback: 'https://example.com/status',
    }
    const made = await story.engine.up(type, undefined, program)
    const [bought] = await numbers('+12025550111')
    assert.equal(bought?.sid, made.state.id)
    assert.equal(bought?.voiceUrl, 'https://example.com/call')

    const { statusCallback: _, ...without } = program
    const changed = await story.engine.up(type, made.state, { ...without, voiceMethod: 'GET' })
    assert.equal(changed.step, 'update')
    const [after] = await numbers('+12025550111')
    assert.deepEqual([after?.voiceMethod, after?.statusCallback || null], ['GET', null])
    assert.equal((await story.engine.refresh(type, changed.state))?.drift.changes, 'none')
    assert.deepEqual((await story.engine.import(type, made.state.id))?.inputs, {
      ...without,
      voiceMethod: 'GET',
    })

    await story.engine.destroy(type, changed.state)
    const [kept] = await numbers('+12025550111')
    assert.equal(kept?.sid, made.state.id)
    assert.equal(kept?.voiceUrl || null, null)
  })

  it('has an application for messages, which it loses when it is destroyed, and an address for emergencies', async () => {
    const { account } = story.twilio.sdk.api.v2010
    const inbox = await account.applications.create({ friendlyName: 'Inbox' })
    const office = await account.addresses.create({
      customerName: 'Example',
      street: '1 Main St',
      city: 'Boston',
      region: 'MA',
      postalCode: '02110',
      isoCountry: 'US',
      emergencyEnabled: true,
    })
    const program = {
      phoneNumber: '+12025550119',
      friendlyName: 'Office',
      smsApplicationSid: inbox.sid,
      emergencyAddressSid: office.sid,
      voiceCallerIdLookup: true,
    }
    const { state } = await story.engine.up(type, undefined, program)
    const [live] = await numbers(program.phoneNumber)
    assert.deepEqual(
      [live?.smsApplicationSid, live?.emergencyAddressSid, live?.voiceCallerIdLookup],
      [inbox.sid, office.sid, true],
    )
    const imported = await story.engine.import(type, state.id)
    assert.equal(imported?.inputs['smsApplication'], 'Inbox')
    await story.engine.destroy(type, state)
    assert.equal((await numbers(program.phoneNumber))[0]?.smsApplicationSid || null, null)
  })

  it('one that the account has is adopted, and brought in line', async () => {
    const [bought] = await Promise.all([
      story.twilio.sdk.api.v2010.account.incomingPhoneNumbers.create({
        phoneNumber: '+12025550122',
        voiceUrl: 'https://example.com/old',
      }),
    ])
    story.twilio.forget()
    const program = { phoneNumber: '+12025550122', voiceUrl: 'https://example.com/new' }
    const made = await story.engine.up(type, undefined, program)
    assert.equal(made.state.id, bought.sid)
    assert.equal(story.twilio.writes().length, 1)
    const [after] = await numbers('+12025550122')
    assert.equal(after?.voiceUrl, 'https://example.com/new')
  })

  it('takes the calls of an adopted number over from an application', async () => {
    const { account } = story.twilio.sdk.api.v2010
    const application = await account.applications.create({ friendlyName: 'Before' })
    await account.incomingPhoneNumbers.create({
      phoneNumber: '+12025550123',
      voiceApplicationSid: application.sid,
      smsUrl: 'https://example.com/sms',
    })
    const program = { phoneNumber: '+12025550123', voiceUrl: 'https://example.com/call' }
    await story.engine.up(type, undefined, program)
    const [after] = await numbers('+12025550123')
    assert.deepEqual(
      [after?.voiceApplicationSid || null, after?.voiceUrl, after?.smsUrl],
      [null, 'https://example.com/call', 'https://example.com/sms'],
    )
  })

  it('is bought by area code, and released when told so', async () => {
    const program = { areaCode: '212', releaseOnDelete: true }
    const made = await story.engine.up(type, undefined, program)
    const phoneNumber = String(made.state.outputs['phoneNumber'])
    assert.match(phoneNumber, /^\+1212/)
    assert.equal((await story.engine.up(type, made.state, program)).step, 'same')
    const seen = await story.engine.refresh(type, made.state)
    assert.equal(seen?.drift.changes, 'none')
    await story.engine.destroy(type, made.state)
    assert.deepEqual(await numbers(phoneNumber), [])
    assert.equal(await story.engine.refresh(type, made.state), undefined)
  })

  it('another number replaces it', async () => {
    const made = await story.engine.up(type, undefined, { phoneNumber: '+12025550133' })
    const other = await story.engine.diff(type, made.state, { phoneNumber: '+12025550134' })
    assert.deepEqual(other.replaces, ['phoneNumber'])
    assert.deepEqual(other.detailed, { phoneNumber: 'update-replace' })
  })

  it('a webhook that somebody cleared is seen, and set again', async () => {
    const program = { phoneNumber: '+12025550144', voiceUrl: 'https://example.com/call' }
    const made = await story.engine.up(type, undefined, program)
    const there = story.twilio.sdk.api.v2010.account.incomingPhoneNumbers(made.state.id)
    await there.update({ voiceUrl: '' })
    const seen = await story.engine.refresh(type, made.state)
    assert.ok(seen)
    assert.deepEqual(seen.drift.detailed, { voiceUrl: 'add' })
    assert.equal((await story.engine.up(type, seen.state, program)).step, 'update')
    assert.equal((await there.fetch()).voiceUrl, 'https://example.com/call')
  })
})
