import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { createHuntFeed } from '../../../local/console/hunt-feed.ts'
import { CommandRefused } from '../../../local/console/worker-commands.ts'
import type { HuntView } from '../../../schemas/index.ts'

const hunt = (id: string, state: HuntView['state'] = 'offering', createdAt = id): HuntView => ({
  ...{ id, state, why: null, group: null, reason: null, createdBy: null, endedAt: null },
  ...{ conferenceSid: 'CF1', customerCallSid: 'CA1', tier: 1, tierEndsAt: '', seat: null },
  ...{ createdAt, tiers: [], agents: [], timeline: [] },
})

describe('createHuntFeed', () => {
  let open: readonly HuntView[] = []
  let closed: readonly HuntView[] = []
  let failure: Error | undefined
  let watched = true
  let takesMs = 0
  const asked: string[] = []
  const published: string[][] = []
  const unsent: number[] = []
  const feed = () =>
    createHuntFeed({
      hunts: {
        async list(which) {
          asked.push(which)
          if (takesMs > 0) await new Promise((resolve) => setTimeout(resolve, takesMs))
          if (failure) throw failure
          return which === 'open' ? open : closed
        },
      },
      watched: () => watched,
      publish(hunts, others) {
        published.push(hunts.map(({ id, state }) => `${id} ${state}`))
        unsent.push(others)
      },
    })

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'] })
    ;[open, closed, failure, watched] = [[], [], undefined, true]
    takesMs = 0
    asked.length = 0
    published.length = 0
    unsent.length = 0
  })
  afterEach(() => mock.timers.reset())

  /** Time passes, and what was asked for arrives. */
  async function pass(ms: number): Promise<void> {
    mock.timers.tick(ms)
    for (let i = 0; i < 10; i++) await null
  }

  it('tells of hunts when one has changed, the newest first', async () => {
    open = [hunt('HU1'), hunt('HU2')]
    closed = [hunt('HU0', 'accepted')]
    const { touch, stop } = feed()
    touch()
    await pass(200)
    await pass(1_000)
    assert.deepEqual(published, [['HU2 offering', 'HU1 offering', 'HU0 accepted']])
    assert.deepEqual(asked, ['open', 'closed', 'open'], 'what is over is not read each time')
    stop()
  })

  it('sends the sixty newest, and the number of the other live ones', async () => {
    open = Array.from({ length: 200 }, (_, i) => hunt(`HU${1000 + i}`))
    closed = [hunt('HU0', 'accepted')]
    const { touch, stop } = feed()
    touch()
    await pass(200)
    open = open.slice(1)
    await pass(10_000)
    assert.deepEqual(
      published.map((hunts) => [hunts.length, hunts[0], hunts.at(-1)]),
      [1, 2].map(() => [60, 'HU1199 offering', 'HU1140 offering']),
    )
    assert.deepEqual(unsent, [140, 139])
    stop()
  })

  it('reads what is over again when a hunt is not open any more', async () => {
    open = [hunt('HU1')]
    const { touch, stop } = feed()
    touch()
    await pass(200)
    ;[open, closed] = [[], [hunt('HU1', 'exhausted')]]
    await pass(1_000)
    assert.deepEqual(published, [['HU1 offering'], ['HU1 exhausted']])
    stop()
  })

  it('tells again of a hunt that closes, since its figures are complete from then on', async () => {
    open = [hunt('HU1', 'accepted')]
    const { touch, stop } = feed()
    touch()
    await pass(200)
    closed = open
    open = []
    await pass(1_000)
    assert.deepEqual(published, [['HU1 accepted'], ['HU1 accepted']])
    stop()
  })

  it('asks for nothing while nobody watches, and goes on with the first who does', async () => {
    watched = false
    const { touch, stop } = feed()
    touch()
    await pass(10_000)
    assert.deepEqual(asked, [])
    watched = true
    touch()
    await pass(200)
    assert.deepEqual(asked, ['open', 'closed'])
    stop()
  })

  it('asks once for much that happens at the same time', async () => {
    const { touch, stop } = feed()
    for (let i = 0; i < 100; i++) touch()
    await pass(200)
    assert.deepEqual(asked, ['open', 'closed'])
    stop()
  })

  it('leaves the functions three quarters of their time, however much happens', async () => {
    takesMs = 500
    const { touch, stop } = feed()
    for (let i = 0; i < 100; i++) {
      touch()
      await pass(100)
    }
    const readings = asked.filter((which) => which === 'open').length
    assert(readings >= 3 && readings <= 5, `${readings} readings in 10 s`)
    stop()
  })

  it('tells a page that has just opened what the others know', async () => {
    open = [hunt('HU1')]
    const { touch, tellAgain, stop } = feed()
    touch()
    await pass(200)
    tellAgain()
    await pass(200)
    assert.deepEqual(published, [['HU1 offering'], ['HU1 offering']])
    stop()
  })

  it('keeps what it knows while the functions do not answer, and forgets it when they have no hunts', async () => {
    open = [hunt('HU1')]
    const { touch, stop } = feed()
    touch()
    await pass(200)
    failure = new TypeError('fetch failed')
    await pass(1_000)
    assert.deepEqual(published, [['HU1 offering']])
    failure = new CommandRefused('list the hunts', 503, 'not configured')
    await pass(1_000)
    assert.deepEqual(published.at(-1), [])
    stop()
  })
})
