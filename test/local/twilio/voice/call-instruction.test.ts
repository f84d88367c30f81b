import assert from 'node:assert/strict'
import { origin, response } from './application.ts'
import { openRoutedCentre, type RoutedCentre } from './routed-centre.ts'

describe('TaskRouter’s instruction call', () => {
  let centre: RoutedCentre
  beforeEach(async () => {
    centre = await openRoutedCentre()
  })
  afterEach(() => centre.close())

  it('runs a document on the worker’s leg and leaves the reservation alone', async () => {
    await centre.call({
      instruction: 'call',
      from: '+12025550188',
      url: `${origin}/worker`,
    })
    await centre.clock.advance(5_000)
    assert.deepEqual(await centre.reservations(), ['pending'])
    assert.equal(
      centre.application.to('/worker')[0]?.fields['CallSid'],
      (await centre.worker()).sid,
    )
  })

  it('accepts when told to', async () => {
    await centre.call({
      instruction: 'call',
      from: '+12025550188',
      url: `${origin}/worker`,
      accept: 'true',
    })
    assert.deepEqual(await centre.reservations(), ['accepted'])
  })

  it('lets the worker’s document take the caller out of the queue and accept', async () => {
    centre.application.on('/worker', () =>
      response(
        `<Dial action="/worked"><Queue reservationSid="${centre.application.to('/assignment')[0]?.fields['ReservationSid']}" postWorkActivitySid="${centre.activities['Unavailable']}"/></Dial>`,
      ),
    )
    const callSid = await centre.call({
      instruction: 'call',
      from: '+12025550188',
      url: `${origin}/worker`,
    })
    await centre.clock.advance(5_000)
    assert.deepEqual(await centre.reservations(), ['accepted'])
    centre.twilio.phones.hangUp(callSid)
    await centre.clock.settle()
    assert.equal(centre.application.to('/worked')[0]?.fields['DequeueResult'], 'bridged')
    assert.equal((await centre.task()).assignmentStatus, 'wrapping')
    assert.equal(await centre.activity(), 'Unavailable')
  })

  it('fails the document’s dial of a reservation that is not pending any more', async () => {
    centre.application.on('/worker', () =>
      response(
        `<Dial action="/worked"><Queue reservationSid="${centre.application.to('/assignment')[0]?.fields['ReservationSid']}"/></Dial>`,
      ),
    )
    await centre.call({
      instruction: 'call',
      from: '+12025550188',
      url: `${origin}/worker`,
      accept: 'true',
    })
    await centre.clock.advance(5_000)
    assert.equal(centre.application.to('/worked')[0]?.fields['DialCallStatus'], 'failed')
    assert.ok(centre.alerts().includes(14215))
  })
})
