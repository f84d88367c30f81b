import assert from 'node:assert/strict'
import { Refused } from '../engine/engine.ts'
import { assertGone, sidOf, useTwilio } from '../engine/story.ts'

const type = 'twilio:account:Address'
const numberType = 'twilio:phoneNumbers:IncomingPhoneNumber'

const office = {
  customerName: 'Harbour Clinic',
  street: '1 Quay Road',
  city: 'Boston',
  region: 'MA',
  postalCode: '02110',
  isoCountry: 'US',
}

describe('account.Address', () => {
  const story = useTwilio()
  const live = (sid: string) => story.twilio.sdk.addresses(sid).fetch()

  it('is made, changed, cleared, imported, deleted', async () => {
    const program = { ...office, friendlyName: 'Clinic', streetSecondary: 'Floor 2' }
    const { state: made } = await story.engine.up(type, undefined, program)
    assert.match(made.id, /^AD[0-9a-f]{32}$/)
    assert.equal((await live(made.id)).streetSecondary, 'Floor 2')
    const changed = await story.engine.up(type, made, { ...office, street: '2 Quay Road' })
    assert.equal(changed.step, 'update')
    const { street, streetSecondary, friendlyName } = await live(made.id)
    assert.deepEqual([street, streetSecondary, friendlyName], ['2 Quay Road', null, null])
    assert.equal((await story.engine.refresh(type, changed.state))?.drift.changes, 'none')
    assert.deepEqual((await story.engine.import(type, made.id))?.inputs, {
      ...office,
      street: '2 Quay Road',
    })
    const abroad = await story.engine.diff(type, changed.state, { ...office, isoCountry: 'CA' })
    assert.deepEqual(abroad.replaces, ['isoCountry'])
    await story.engine.destroy(type, changed.state)
    await assertGone(story, type, changed.state)
  })

  it('that Twilio wrote in its own way is no drift, but another street is', async () => {
    const program = { ...office, emergencyEnabled: true }
    const { state: made } = await story.engine.up(type, undefined, program)
    assert.equal((await live(made.id)).street, '1 QUAY ROAD')
    assert.equal(made.outputs['street'], '1 QUAY ROAD')
    assert.equal((await story.engine.up(type, made, program)).step, 'same')
    const seen = await story.engine.refresh(type, made)
    assert.equal(seen?.drift.changes, 'none')
    await story.twilio.sdk.addresses(made.id).update({ street: '9 Quay Road' })
    const drifted = await story.engine.refresh(type, made)
    assert.deepEqual(drifted?.drift.detailed, { street: 'update' })
    assert.equal(drifted?.state.inputs['street'], '9 QUAY ROAD')
  })

  it('that Twilio is not to correct is refused with what the register has', async () => {
    const program = { ...office, emergencyEnabled: true, autoCorrectAddress: false }
    await assert.rejects(
      story.engine.up(type, undefined, program),
      /21629.*1 QUAY ROAD, BOSTON, MA, 02110/,
    )
    const { state } = await story.engine.up(type, undefined, {
      ...program,
      street: '1 QUAY ROAD',
      city: 'BOSTON',
    })
    assert.equal((await story.engine.refresh(type, state))?.drift.changes, 'none')
  })

  it('is refused without a part, or with a long name for emergency calls', async () => {
    const refused = (program: object, about: RegExp) =>
      assert.rejects(story.engine.up(type, undefined, { ...office, ...program }), (error) => {
        assert.ok(error instanceof Refused)
        assert.match(error.message, about)
        return true
      })
    await refused({ street: null }, /street/)
    await refused({ city: '' }, /city/)
    await refused({ isoCountry: 'USA' }, /isoCountry/)
    await refused(
      { emergencyEnabled: true, friendlyName: 'x'.repeat(33) },
      /friendlyName: has 33 characters.*at most 32/,
    )
  })

  it('stays while a number has it, which is named', async () => {
    const { state: address } = await story.engine.up(type, undefined, office)
    const program = { phoneNumber: '+16175550111', addressSid: sidOf(address) }
    const { state: number } = await story.engine.up(numberType, undefined, program)
    await assert.rejects(story.engine.destroy(type, address), (error) => {
      assert.match(String(error), /1 number has it: \+16175550111 \(PN\w{32}\).*releaseOnDelete/)
      return true
    })
    const released = { ...program, releaseOnDelete: true }
    const { state } = await story.engine.up(numberType, number, released)
    await story.engine.destroy(numberType, state)
    await story.engine.destroy(type, address)
    await assertGone(story, type, address)
  })
})
