import assert from 'node:assert/strict'
import { createQuietLog } from '../support/quiet-log.ts'

describe('createLog', () => {
  it('masks phone numbers but for their last four digits, wherever they stand', () => {
    const log = createQuietLog()
    log.info('call', {
      from: '+12025550123',
      path: '/x?To=%2B442071838750',
      list: ['+4915112345678'],
      short: '+2904567',
    })
    assert.deepEqual(JSON.parse(log.lines[0] ?? ''), {
      level: 'info',
      event: 'call',
      from: '********0123',
      path: '/x?To=***********8750',
      list: ['**********5678'],
      short: '****4567',
    })
  })

  it('blots out secrets, in the messages and causes of errors too', () => {
    const log = createQuietLog(['s3cret'])
    log.error('failed', {
      error: new Error('token s3cret', { cause: new Error('of +12025550123') }),
    })
    assert.deepEqual(JSON.parse(log.lines[0] ?? '').error, 'Error: token ***: of ********0123')
  })
})
