import assert from 'node:assert/strict'
import { isOpen } from '../../../functions/voice/hours.ts'

const office = {
  timeZone: 'Europe/Madrid',
  open: [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }],
  closedPrompt: 'Closed.',
}

describe('isOpen', () => {
  it('is always so without hours', () => {
    assert.equal(isOpen(undefined, 0), true)
  })

  it('follows the clock of the centre, also over a change to summer time', () => {
    // 08:00 UTC on a Friday in winter is 09:00 in Madrid, on the Monday after the change 10:00.
    assert.equal(isOpen(office, Date.UTC(2026, 2, 27, 8)), true)
    assert.equal(isOpen(office, Date.UTC(2026, 2, 27, 7, 59)), false)
    assert.equal(isOpen(office, Date.UTC(2026, 2, 30, 7)), true)
    assert.equal(isOpen(office, Date.UTC(2026, 2, 30, 6, 59)), false)
    assert.equal(isOpen(office, Date.UTC(2026, 2, 30, 16)), false)
  })

  it('knows days off', () => {
    assert.equal(isOpen(office, Date.UTC(2026, 0, 10, 12)), false)
  })

  it('runs past midnight into the next day', () => {
    const night = { ...office, open: [{ days: [7], from: '22:00', to: '06:00' }] }
    assert.equal(isOpen(night, Date.UTC(2026, 0, 4, 21)), true)
    assert.equal(isOpen(night, Date.UTC(2026, 0, 5, 4, 59)), true)
    assert.equal(isOpen(night, Date.UTC(2026, 0, 5, 5)), false)
    assert.equal(isOpen(night, Date.UTC(2026, 0, 4, 4)), false)
  })

  it('lasts until midnight with 24:00', () => {
    const day = { ...office, open: [{ days: [1], from: '00:00', to: '24:00' }] }
    assert.equal(isOpen(day, Date.UTC(2026, 0, 5, 22, 59)), true)
    assert.equal(isOpen(day, Date.UTC(2026, 0, 5, 23)), false)
  })
})
