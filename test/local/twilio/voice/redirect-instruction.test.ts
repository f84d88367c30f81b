import assert from 'node:assert/strict'
import { origin } from './application.ts'
import { openRoutedCentre, type RoutedCentre } from './routed-centre.ts'

describe('TaskRouter’s instruction redirect', () => {
  let centre: RoutedCentre
  beforeEach(async () => {
    centre = await openRoutedCentre()
  })
  afterEach(() => centre.close())

  it('sends the caller elsewhere; the task is over with the call', async () => {
    centre.application.on('/assignment', ({ fields }) => ({
      type: 'application/json',
      body: JSON.stringify({
        instruction: 'redirect',
        call_sid: JSON.parse(fields['TaskAttributes'] ?? '{}').call_sid,
        url: `${origin}/worker`,
        accept: 'true',
      }),
    }))
    const callSid = await centre.dial()
    await centre.clock.settle()
    assert.equal(centre.application.to('/worker')[0]?.fields['CallSid'], callSid)
    assert.equal(centre.left()?.['QueueResult'], 'redirected')
    assert.equal((await centre.task()).assignmentStatus, 'assigned')
    await centre.clock.advance(60_000)
    assert.equal((await centre.task()).assignmentStatus, 'wrapping')
  })

  it('cancels the task when it does not accept', async () => {
    centre.application.on('/assignment', ({ fields }) => ({
      type: 'application/json',
      body: JSON.stringify({
        instruction: 'redirect',
        call_sid: JSON.parse(fields['TaskAttributes'] ?? '{}').call_sid,
        url: `${origin}/worker`,
      }),
    }))
    await centre.dial()
    await centre.clock.settle()
    assert.equal(centre.left()?.['QueueResult'], 'redirected')
    assert.deepEqual(await centre.reservations(), ['canceled'])
  })
})
