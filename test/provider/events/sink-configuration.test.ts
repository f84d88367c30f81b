import assert from 'node:assert/strict'
import { sink } from '../../../provider/events/sink.ts'
import { holdsSecret, liveSink } from '../../../provider/events/sink-configuration.ts'
import { SinkNotActive } from '../../../provider/events/sink-not-active.ts'
import { TwilioError } from '../../../provider/requests/errors.ts'

describe('liveSink', () => {
  it('takes a masked secret for what was declared, and leaves it out of an import', () => {
    const declared = { write_key: 'abc123' }
    for (const masked of ['****', 'ab****23', 'xxxxxxxx', '', null]) {
      assert.deepEqual(liveSink({ write_key: masked }, declared), declared)
      assert.deepEqual(liveSink({ write_key: masked }, undefined), {})
    }
    assert.deepEqual(liveSink({ write_key: 'other' }, declared), { write_key: 'other' })
  })

  it('says nothing about what the program does not name', () => {
    const declared = { destination: 'https://example.com', method: 'POST' }
    assert.deepEqual(liveSink({ ...declared, batch_events: true }, declared), declared)
    assert.deepEqual(liveSink(JSON.stringify(declared), undefined), declared)
  })
})

describe('holdsSecret', () => {
  it('knows keys, and passwords in addresses', () => {
    assert.equal(holdsSecret('segment', {}), true)
    assert.equal(holdsSecret('kinesis', {}), true)
    assert.equal(holdsSecret('webhook', { destination: 'https://example.com/a@b' }), false)
    assert.equal(holdsSecret('webhook', { destination: 'https://me:word@example.com' }), true)
  })
})

describe('SinkNotActive', () => {
  it('says what becomes of the sink, and what to do', () => {
    const asked = { method: 'POST', host: 'events.twilio.com', path: '/v1/Subscriptions' }
    const cause = new TwilioError(asked, 400, { code: 91100, message: 'not active' })
    const message = (status: string) => new SinkNotActive('DG1', status, cause).message
    assert.match(message('validating'), /DG1 is validating.*run `pulumi up` again in a moment/)
    assert.match(message('failed'), /has failed.*answer 2xx.*pulumi up --replace/)
  })
})

describe('sink', () => {
  it('tells once that Twilio gave it up, with the remedy', () => {
    const [news] = sink.news?.({ status: 'active' }, { status: 'failed' }) ?? []
    assert.match(String(news), /answer 2xx within 5 seconds.*pulumi up --replace/)
    assert.deepEqual(sink.news?.({ status: 'failed' }, { status: 'failed' }), [])
  })
})
