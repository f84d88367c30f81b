import assert from 'node:assert/strict'
import { createKinesisRelay } from '../../../functions/incidents/relay/kinesis-relay.ts'

const flowSid = `FW${'1'.repeat(32)}`
const sidOf = (letter: string) => `FN${letter.repeat(32)}`

describe('createKinesisRelay', () => {
  let posts: { body: string; authorization: string | null }[]
  let fails: (body: string) => boolean
  let status: number
  beforeEach(() => {
    posts = []
    fails = () => false
    status = 200
  })

  const relay = createKinesisRelay({
    url: 'https://centre.example/execute',
    user: 'relay',
    password: 'secret',
    flowSid,
    async fetch(_url, init) {
      // Slower than the caller: who does not wait misses it.
      await new Promise((resolve) => setImmediate(resolve))
      const body = String(init?.body)
      if (fails(body)) throw new Error('connection reset')
      posts.push({ body, authorization: new Headers(init?.headers).get('authorization') })
      return new Response('{}', { status })
    },
  })
  const record = (sequenceNumber: string, event: unknown) => ({
    kinesis: { sequenceNumber, data: Buffer.from(JSON.stringify(event)).toString('base64') },
  })
  const ended = (executionSid: string, more: object = {}) => ({
    id: 'EZ1',
    type: 'com.twilio.studio.flow.execution.ended',
    data: { execution_sid: executionSid, flow_sid: flowSid },
    ...more,
  })

  it('S3.13 waits for its posts, which carry basic auth', async () => {
    const result = await relay({ Records: [record('1', ended(sidOf('a')))] })
    assert.deepEqual(result, { batchItemFailures: [] })
    assert.deepEqual(posts, [
      {
        body: JSON.stringify({ flow_execution_id: sidOf('a') }),
        authorization: `Basic ${Buffer.from('relay:secret').toString('base64')}`,
      },
    ])
  })

  it('S3.13 reports the records whose post failed, and only those', async () => {
    fails = (body) => body.includes(sidOf('b'))
    const events = ['a', 'b', 'c'].map((letter) => record(letter, ended(sidOf(letter))))
    const result = await relay({ Records: events })
    assert.deepEqual(result, { batchItemFailures: [{ itemIdentifier: 'b' }] })
    assert.equal(posts.length, 2)
  })

  it('S3.13 reports a record that was refused; one that belongs to no hunt is done with', async () => {
    const handOver = (answer: number) => {
      status = answer
      return relay({ Records: [record('1', ended(sidOf('a')))] })
    }
    assert.deepEqual(await handOver(503), { batchItemFailures: [{ itemIdentifier: '1' }] })
    assert.deepEqual(await handOver(401), { batchItemFailures: [{ itemIdentifier: '1' }] })
    assert.deepEqual(await handOver(404), { batchItemFailures: [] })
  })

  it('S3.12 lets other types, other flows and what is no event pass by', async () => {
    const other = { execution_sid: sidOf('d'), flow_sid: `FW${'2'.repeat(32)}` }
    const result = await relay({
      Records: [
        record('1', ended(sidOf('d'), { type: 'com.twilio.studio.flow.step.ended' })),
        record('2', ended(sidOf('d'), { data: other })),
        { kinesis: { sequenceNumber: '3', data: 'no base64 of JSON' } },
      ],
    })
    assert.deepEqual([result, posts], [{ batchItemFailures: [] }, []])
  })
})
