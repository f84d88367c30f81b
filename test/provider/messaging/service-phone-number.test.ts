import assert from 'node:assert/strict'
import type { State } from '../engine/engine.ts'
import { assertGone, useTwilio } from '../engine/story.ts'

const type = 'twilio:messaging:ServicePhoneNumber'
const serviceType = 'twilio:messaging:Service'
const numberType = 'twilio:phoneNumbers:IncomingPhoneNumber'

describe('messaging.ServicePhoneNumber', () => {
  const story = useTwilio()
  const make = async (of: string, program: object): Promise<State> =>
    (await story.engine.up(of, undefined, { ...program })).state
  const numbersOf = async (service: State) =>
    (await story.twilio.sdk.messaging.v1.services(service.id).phoneNumbers.list()).map(
      ({ sid }) => sid,
    )

  it('puts a number into a service, moves it, is imported, and takes it out', async () => {
    const [first, second] = [
      await make(serviceType, { friendlyName: 'first' }),
      await make(serviceType, { friendlyName: 'second' }),
    ]
    const number = await make(numberType, { phoneNumber: '+12025550111' })
    const program = { serviceSid: first.id, phoneNumberSid: number.id }
    const made = await make(type, program)
    assert.equal(made.id, `${first.id}/${number.id}`)
    assert.equal(made.outputs['phoneNumber'], '+12025550111')
    assert.equal((await story.engine.refresh(type, made))?.drift.changes, 'none')
    assert.deepEqual((await story.engine.import(type, made.id))?.inputs, program)

    const moved = await story.engine.up(type, made, { ...program, serviceSid: second.id })
    assert.equal(moved.step, 'replace')
    assert.deepEqual([await numbersOf(first), await numbersOf(second)], [[], [number.id]])

    await story.engine.destroy(type, moved.state)
    await assertGone(story, type, moved.state)
    assert.equal((await story.engine.refresh(numberType, number))?.drift.changes, 'none')
  })

  it('of a number that another service has is refused with that service', async () => {
    const other = await make(serviceType, { friendlyName: 'other' })
    const service = await make(serviceType, { friendlyName: 'mine' })
    const number = await make(numberType, { phoneNumber: '+12025550122' })
    await make(type, { serviceSid: other.id, phoneNumberSid: number.id })
    await assert.rejects(
      make(type, { serviceSid: service.id, phoneNumberSid: number.id }),
      new RegExp(`${number.id} is in messaging service ${other.id} already.*21712.*take it out`),
    )
  })

  it('of a number that somebody put there is refused with the import that takes it over', async () => {
    const service = await make(serviceType, { friendlyName: 'by hand' })
    const number = await make(numberType, { phoneNumber: '+12025550133' })
    await story.twilio.sdk.messaging.v1
      .services(service.id)
      .phoneNumbers.create({ phoneNumberSid: number.id })
    await assert.rejects(
      make(type, { serviceSid: service.id, phoneNumberSid: number.id }),
      new RegExp(`pulumi import ${type} it ${service.id}/${number.id}`),
    )
  })

  it('is gone when somebody took the number out, and made again', async () => {
    const service = await make(serviceType, { friendlyName: 'drift' })
    const number = await make(numberType, { phoneNumber: '+12025550144' })
    const program = { serviceSid: service.id, phoneNumberSid: number.id }
    const made = await make(type, program)
    await story.twilio.sdk.messaging.v1.services(service.id).phoneNumbers(number.id).remove()
    assert.equal(await story.engine.refresh(type, made), undefined)
    await make(type, program)
    assert.deepEqual(await numbersOf(service), [number.id])
  })
})
