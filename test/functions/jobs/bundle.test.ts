import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { createBundle } from '../../../functions/jobs/bundle.ts'
import { unpackEvents } from '../../../functions/jobs/packed-events.ts'
import type { ArchivedEvent, Job } from '../../../schemas/index.ts'

const event = (id: string, body = ''): ArchivedEvent => ({
  ...{ source: 'taskrouter', id, at: 0, receivedAt: 0, headers: {} },
  body,
})
async function idsOf(jobs: readonly Job[]) {
  const ids = jobs.map(async (job) => {
    if (job.kind === 'events') return (await unpackEvents(job.packed)).map(({ id }) => id)
    return job.kind === 'event' ? job.event.id : job.kind
  })
  return Promise.all(ids)
}

describe('createBundle', () => {
  it('sends an event that comes alone at once, as what it is', async () => {
    const sent: Job[] = []
    await createBundle(async (job) => void sent.push(job)).add(event('a'))
    assert.deepEqual(await idsOf(sent), ['a'])
  })

  it('sends what comes meanwhile together, each safe only when its message is', async () => {
    const sent: Job[] = []
    const under = Promise.withResolvers<void>()
    const bundle = createBundle(async (job) => {
      sent.push(job)
      if (sent.length === 1) await under.promise
    })
    const safe: string[] = []
    const add = (id: string) => bundle.add(event(id)).then(() => safe.push(id))
    const all = [add('a'), add('b'), add('c')]
    await Promise.all(all.slice(1))
    assert.deepEqual(safe.sort(), ['b', 'c'])
    under.resolve()
    await Promise.all(all)
    assert.deepEqual(await idsOf(sent), ['a', ['b', 'c']])
  })

  it('makes no message that the queue would not take', async () => {
    const sent: Job[] = []
    const bundle = createBundle(async (job) => void sent.push(job))
    // Nothing that could be packed.
    const long = () => randomBytes(7_500).toString('hex')
    const ids = Array.from({ length: 12 }, (_, i) => `e${i}`)
    await Promise.all(ids.map((id) => bundle.add(event(id, long()))))
    assert.deepEqual((await idsOf(sent)).flat().toSorted(), ids.toSorted())
    for (const job of sent) {
      assert.ok(Buffer.from(JSON.stringify(job)).toString('base64').length < 65_536)
    }
  })

  it('tells everybody whose message was not taken', async () => {
    const bundle = createBundle(() => Promise.reject(new Error('away')))
    const results = await Promise.allSettled([bundle.add(event('a')), bundle.add(event('b'))])
    assert.deepEqual(
      results.map(({ status }) => status),
      ['rejected', 'rejected'],
    )
  })
})
