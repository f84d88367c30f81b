import assert from 'node:assert/strict'
import type { MessageRow } from '../../../../local/twilio/messaging/index.ts'
import { createMessageStore } from '../../../../local/twilio/messaging/message-store.ts'

const row = (sid: string, status: MessageRow['status']): MessageRow => ({
  sid,
  dateCreated: 0,
  dateUpdated: 0,
  direction: 'outbound-api',
  from: null,
  to: '+12025550999',
  body: '',
  media: [],
  segments: 1,
  status,
  errorCode: null,
  messagingServiceSid: null,
  statusCallback: null,
  dateSent: null,
  sendAt: null,
  validUntil: null,
})

describe('createMessageStore', () => {
  it('forgets what has been over longest, and nothing that is on its way', () => {
    const messages = createMessageStore([], 2)
    messages.put(row('SM0', 'queued'))
    for (const sid of ['SM1', 'SM2', 'SM3']) messages.put(row(sid, 'delivered'))
    assert.deepEqual(
      [...messages.values()].map(({ sid }) => sid),
      ['SM0', 'SM2', 'SM3'],
    )
  })

  it('keeps the newest and what is on its way for a snapshot', () => {
    const messages = createMessageStore([row('SM0', 'queued'), row('SM1', 'delivered')])
    for (let number = 2; number < 600; number++) messages.put(row(`SM${number}`, 'delivered'))
    const newest = messages.newest().map(({ sid }) => sid)
    assert.deepEqual([newest.length, newest[0], newest[1]], [501, 'SM0', 'SM100'])
  })
})
