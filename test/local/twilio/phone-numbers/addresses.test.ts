import assert from 'node:assert/strict'
import { type LocalTwilio, refused, startLocalTwilio } from '../../../support/local-twilio.ts'

const office = {
  customerName: 'Harbour Clinic',
  street: '1 Quay Road',
  city: 'Boston',
  region: 'MA',
  postalCode: '02110',
  isoCountry: 'US',
}

describe('addresses', () => {
  let local: LocalTwilio
  const addresses = () => local.client.addresses

  beforeEach(async () => {
    local = await startLocalTwilio()
  })
  afterEach(() => local.close())

  it('are created, changed, listed and removed', async () => {
    const { sid, friendlyName, validated } = await addresses().create(office)
    assert.match(sid, /^AD[0-9a-f]{32}$/)
    assert.deepEqual([friendlyName, validated], [null, false])
    const next = await addresses()(sid).update({ street: '2 Quay Road' })
    assert.deepEqual(
      [next.street, next.city, next.emergencyEnabled, next.validated],
      ['2 Quay Road', 'Boston', false, false],
    )
    await addresses().create({ ...office, isoCountry: 'GB', friendlyName: 'London' })
    const london = await addresses().list({ isoCountry: 'GB' })
    assert.deepEqual(
      london.map((row) => row.friendlyName),
      ['London'],
    )
    assert.equal(await addresses()(sid).remove(), true)
    await assert.rejects(addresses()(sid).fetch(), refused(404, 20404, /Addresses\/AD/))
  })

  it('need every part of a postal address', async () => {
    const create = (part: Partial<typeof office>) => addresses().create({ ...office, ...part })
    await assert.rejects(create({ street: '' }), refused(400, 20001, /parameter Street/))
    await assert.rejects(create({ isoCountry: 'USA' }), refused(400, 20001, /two letters/))
  })

  it('for emergency calls are written as the register has them, or refused', async () => {
    const { sid, street, region, validated } = await addresses().create({
      ...office,
      street: ' 1  Quay Road',
      emergencyEnabled: true,
    })
    assert.deepEqual([street, region, validated], ['1 QUAY ROAD', 'MA', true])
    const update = (settings: object) => addresses()(sid).update(settings)
    await assert.rejects(
      update({ street: '2 Quay Road', autoCorrectAddress: false }),
      refused(400, 21629, /a similar one is valid: 2 QUAY ROAD, BOSTON, MA, 02110/),
    )
    assert.equal(
      (await update({ street: '2 QUAY ROAD', autoCorrectAddress: false })).street,
      '2 QUAY ROAD',
    )
    await assert.rejects(update({ region: 'Mass.' }), refused(400, 21628, /cannot be validated/))
    await assert.rejects(
      update({ friendlyName: 'x'.repeat(33) }),
      refused(400, 20001, /at most 32/),
    )
    assert.equal((await addresses()(sid).fetch()).street, '2 QUAY ROAD')
  })

  it('know the numbers that depend on them, and stay while there are any', async () => {
    const { sid } = await addresses().create(office)
    const unknown = `AD${'0'.repeat(32)}`
    const { incomingPhoneNumbers } = local.client
    await assert.rejects(
      incomingPhoneNumbers.create({ areaCode: '617', addressSid: unknown }),
      refused(400, 20001, /no address of this account/),
    )
    const number = await incomingPhoneNumbers.create({ areaCode: '617', addressSid: sid })
    const dependent = await addresses()(sid).dependentPhoneNumbers.list()
    assert.deepEqual(
      dependent.map((row) => row.sid),
      [number.sid],
    )
    await assert.rejects(addresses()(sid).remove(), refused(400, 20001, /\+16175550100/))
    await incomingPhoneNumbers(number.sid).update({ addressSid: '' })
    assert.equal(await addresses()(sid).remove(), true)
  })
})
