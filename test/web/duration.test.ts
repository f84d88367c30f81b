import assert from 'node:assert/strict'
import { formatDuration, formatRemaining } from '../../web/index.ts'

describe('formatDuration', () => {
  it('shows minutes and seconds, and hours where there are any', () => {
    assert.equal(formatDuration(7_900), '0:07')
    assert.equal(formatDuration(750_000), '12:30')
    assert.equal(formatDuration(3_723_000), '1:02:03')
  })

  it('never goes below zero', () => {
    assert.equal(formatDuration(-5_000), '0:00')
  })
})

describe('formatRemaining', () => {
  it('reads zero only when the time is over', () => {
    assert.equal(formatRemaining(10_000, 2_000), '0:08')
    assert.equal(formatRemaining(10_000, 9_999), '0:01')
    assert.equal(formatRemaining(10_000, 10_000), '0:00')
  })
})
