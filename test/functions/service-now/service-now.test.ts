import assert from 'node:assert/strict'
import {
  createServiceNow,
  isServiceNowAway,
  ServiceNowRefusal,
  ServiceNowUnreachable,
} from '../../../functions/service-now/service-now.ts'

type Answer = Response | Error

describe('createServiceNow', () => {
  let answers: Answer[]
  let requests: { method: string; url: string; authorization: string | null; body: unknown }[]
  let pauses: number[]
  beforeEach(() => {
    requests = []
    pauses = []
  })

  const serviceNow = createServiceNow({
    tableRoot: 'https://one.service-now.example/api/now/table',
    user: 'hunter',
    password: 'secret',
    async fetch(url, init) {
      const authorization = new Headers(init?.headers).get('authorization')
      requests.push({
        method: init?.method ?? '',
        url: String(url),
        authorization,
        body: init?.body,
      })
      const answer = answers.shift()
      if (!answer || answer instanceof Error) throw answer ?? new Error('no more answers')
      return answer
    },
    async pause(ms) {
      pauses.push(ms)
    },
  })
  const ok = (result: unknown) => Response.json({ result })
  const refusal = (status: number, headers: Record<string, string> = {}) =>
    Response.json({ error: { message: 'no' } }, { status, headers })

  it('S3.17 puts fields of the incident with basic auth', async () => {
    answers = [ok({})]
    await serviceNow.put('incident/abc', { comments: 'hello' })
    assert.deepEqual(requests, [
      {
        method: 'PUT',
        url: 'https://one.service-now.example/api/now/table/incident/abc',
        authorization: `Basic ${Buffer.from('hunter:secret').toString('base64')}`,
        body: '{"comments":"hello"}',
      },
    ])
  })

  it('waits as long as it is told to, and gives up when that is too long', async () => {
    answers = [refusal(429, { 'retry-after': '2' }), ok({ state: '1' })]
    assert.deepEqual(await serviceNow.get('incident/abc'), { state: '1' })
    assert.deepEqual(pauses, [2000])
    answers = [refusal(429, { 'retry-after': '60' })]
    await assert.rejects(serviceNow.put('incident/abc', {}), (error) => {
      assert(error instanceof ServiceNowRefusal)
      assert.deepEqual([error.status, error.retryAfterMs], [429, 60_000])
      return isServiceNowAway(error)
    })
  })

  it('reads again after an error of the server, but writes no note that may be there already', async () => {
    answers = [refusal(503), ok({})]
    await serviceNow.get('incident/abc')
    answers = [new Error('reset'), ok({})]
    await serviceNow.get('incident/abc')
    assert.equal(requests.length, 4)
    answers = [refusal(503), ok({})]
    await assert.rejects(serviceNow.put('incident/abc', {}), ServiceNowRefusal)
    answers = [new Error('reset'), ok({})]
    await assert.rejects(serviceNow.put('incident/abc', {}), ServiceNowUnreachable)
    assert.equal(requests.length, 6)
  })

  it('writes again what surely did not arrive', async () => {
    const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })
    answers = [new TypeError('fetch failed', { cause: refused }), ok({})]
    await serviceNow.put('incident/abc', {})
    assert.equal(requests.length, 2)
  })

  it('takes a page of a sleeping instance for no answer', async () => {
    answers = [new Response('<html>hibernating</html>')]
    await assert.rejects(serviceNow.get('incident/abc'), ServiceNowUnreachable)
  })

  it('tells what may succeed later from what will not', () => {
    const away = [401, 403, 404, 400, 429, 500].filter((status) =>
      isServiceNowAway(new ServiceNowRefusal('GET x', status, 0, '')),
    )
    assert.deepEqual(away, [401, 403, 429, 500])
  })
})
