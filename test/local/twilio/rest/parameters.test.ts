import assert from 'node:assert/strict'
import { createParameters } from '../../../../local/twilio/rest/parameters.ts'
import { TwilioRefusal } from '../../../../local/twilio/rest/refusal.ts'

describe('createParameters', () => {
  const read = (text: string) => createParameters(new URLSearchParams(text))

  it('reads booleans as Twilio does: true, 1 and yes, anything else is false', () => {
    const values = ['true', 'True', '1', 'yes', 'on', 'false', ''].map((value) =>
      read(`A=${value}`).boolean('A'),
    )
    assert.deepEqual(values, [true, true, true, true, false, false, false])
    assert.equal(read('').boolean('A'), undefined)
  })

  it('reads a repeated name as a list', () => {
    assert.deepEqual(read('E=ringing&E=answered').list('E'), ['ringing', 'answered'])
    assert.deepEqual(read('').list('E'), [])
  })

  it('refuses what is no number, or out of bounds', () => {
    assert.equal(read('N=5').integer('N', { min: 1, max: 5 }), 5)
    assert.throws(() => read('N=5x').integer('N'), TwilioRefusal)
    assert.throws(() => read('N=6').integer('N', { min: 1, max: 5 }), /from 1 to 5, not '6'/)
    assert.throws(() => read('N=0').integer('N', { min: 1 }), /from 1, not '0'/)
  })

  it('refuses a value that is not among the known ones, and a missing one that is required', () => {
    assert.equal(read('O=LIFO').oneOf('O', ['FIFO', 'LIFO']), 'LIFO')
    assert.throws(() => read('O=lifo').oneOf('O', ['FIFO', 'LIFO']), /one of FIFO, LIFO/)
    assert.throws(() => read('A=').required('A'), /Missing required parameter A/)
    assert.throws(() => read('O=').requiredOneOf('O', ['FIFO']), /Missing required parameter O/)
    assert.throws(() => read('O=LIFO').requiredOneOf('O', ['FIFO']), /one of FIFO/)
  })

  it('reads dates of both forms, and days', () => {
    const time = Date.UTC(2026, 0, 5, 9)
    assert.equal(read('D=2026-01-05T09:00:00Z').date('D'), time)
    assert.equal(read('D=Mon, 05 Jan 2026 09:00:00 %2B0000').date('D'), time)
    assert.equal(read('D=2026-01-05').date('D'), Date.UTC(2026, 0, 5))
    assert.throws(() => read('D=soon').date('D'), /not a date/)
  })
})
