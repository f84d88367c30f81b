import assert from 'node:assert/strict'
import fc from 'fast-check'
import {
  compileTiers,
  createRouter,
  fittingReservationTimeout,
  type Router,
  reservationTimeoutWarning,
  type Tier,
  type TieredFilter,
  UnusableTiers,
} from '../../routing/index.ts'

describe('compileTiers', () => {
  it('writes each tier as a target, in order, and nothing that was not said', () => {
    const configuration = compileTiers({
      filters: [
        {
          name: 'Spanish',
          expression: 'selected_language == "es"',
          tiers: [
            { name: 'first line', queue: 'WQ1', timeoutSeconds: 8 },
            {
              name: 'seniors',
              workers: 'worker.level > 2',
              timeoutSeconds: 20,
              priority: 5,
              skipIf: 'workers.available == 0',
              orderBy: 'worker.level DESC',
            },
            { name: 'anyone', queue: 'WQ2' },
          ],
        },
      ],
      defaultQueue: 'WQ2',
    })
    assert.deepEqual(configuration, {
      task_routing: {
        filters: [
          {
            filter_friendly_name: 'Spanish',
            expression: 'selected_language == "es"',
            targets: [
              { queue: 'WQ1', timeout: 8 },
              {
                expression: 'worker.level > 2',
                timeout: 20,
                priority: 5,
                skip_if: 'workers.available == 0',
                order_by: 'worker.level DESC',
              },
              { queue: 'WQ2' },
            ],
          },
        ],
        default_filter: { queue: 'WQ2' },
      },
    })
  })

  it('refuses tiers that make no workflow, by filter and tier', () => {
    const compile = (...tiers: Tier[]) =>
      compileTiers({ filters: [{ name: 'Spanish', expression: '1==1', tiers }] })
    assert.throws(() => compile(), { name: 'UnusableTiers', filter: 'Spanish', tier: undefined })
    assert.throws(() => compile({ name: 'one' }), /tier “one”: has no queue/)
    assert.throws(
      () => compile({ name: 'one', queue: 'WQ1', timeoutSeconds: 1.5 }),
      (error) => error instanceof UnusableTiers && error.tier === 'one',
    )
  })

  it('makes each tier last its own time and in its order, when nobody is there', () => {
    fc.assert(
      fc.property(ladders, (seconds) => {
        const { router, sid } = enqueue(seconds)
        assert.deepEqual(
          tierEnds(router, sid),
          seconds.map((_, i) => sum(seconds.slice(0, i + 1))),
        )
      }),
      { numRuns: 50 },
    )
  })

  it('leaves the time of a skipped tier to the next one', () => {
    const filters = ladder([8, 20]).map(({ tiers: [first, ...others], ...filter }) => ({
      ...filter,
      tiers: [{ ...first, name: 'skipped', skipIf: 'workers.available == 0' }, ...others],
    }))
    const { router, sid } = enqueue([8, 20], 0, filters)
    assert.deepEqual(tierEnds(router, sid), [28])
  })

  it('makes each tier last its own time when workers let it ring', () => {
    fc.assert(
      fc.property(ladders, fc.integer({ min: 1, max: 8 }), (seconds, workers) => {
        const { router, sid } = enqueue(seconds, workers)
        const ends = tierEnds(router, sid)
        const reservationSeconds = fittingReservationTimeout(ladder(seconds))
        assert.equal(ends.length, seconds.length)
        for (const [i, end] of ends.entries()) {
          const due = sum(seconds.slice(0, i + 1))
          // The last reservation of a tier may have begun just before the tier's end.
          assert.ok(end >= due && end < due + reservationSeconds, `tier ${i}: ${end}, due ${due}`)
        }
      }),
      { numRuns: 50 },
    )
  })
})

describe('fittingReservationTimeout', () => {
  it('is the shortest tier, and never more than TaskRouter’s own', () => {
    assert.equal(fittingReservationTimeout(ladder([20, 8, 30])), 8)
    assert.equal(fittingReservationTimeout(ladder([600, 900])), 120)
    assert.equal(fittingReservationTimeout([]), 120)
  })
})

describe('reservationTimeoutWarning', () => {
  it('names every tier that a reservation would outlast', () => {
    assert.equal(reservationTimeoutWarning(ladder([8, 20]), 8), undefined)
    const warning = reservationTimeoutWarning(ladder([8, 20, 60]), 30) ?? ''
    assert.match(warning, /tier 1.*8 s.*tier 2.*20 s/)
    assert.doesNotMatch(warning, /tier 3/)
    assert.match(warning, /at most 8$/)
  })
})

const ladders = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 })

const startMs = 1_000_000

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

/** One filter for every task, whose tiers have a queue each and last this long. */
function ladder(seconds: readonly number[]) {
  const tiers = seconds.map((timeoutSeconds, i) => ({
    name: `tier ${i + 1}`,
    queue: `WQ${i}`,
    timeoutSeconds,
  }))
  return [{ name: 'All', expression: '1==1', tiers }]
}

/** A router with this ladder, so many workers who never answer, and one task at age 0. */
function enqueue(
  seconds: readonly number[],
  workers = 0,
  filters: readonly TieredFilter[] = ladder(seconds),
): { router: Router; sid: string } {
  const router = createRouter()
  const commands = [
    { kind: 'put-activity', sid: 'WA0', friendlyName: 'Offline', available: false },
    { kind: 'put-activity', sid: 'WA1', friendlyName: 'Available', available: true },
    { kind: 'put-workspace', timeoutActivitySid: 'WA0' },
    {
      kind: 'put-task-channel',
      sid: 'TC1',
      uniqueName: 'voice',
      channelOptimizedRouting: false,
    },
    ...seconds.map(
      (_, i) =>
        ({
          kind: 'put-task-queue',
          sid: `WQ${i}`,
          friendlyName: `queue ${i}`,
          targetWorkers: '1==1',
          maxReservedWorkers: 1,
          taskOrder: 'FIFO',
        }) as const,
    ),
    ...Array.from(
      { length: workers },
      (_, i) =>
        ({
          kind: 'put-worker',
          sid: `WK${i}`,
          friendlyName: `worker ${i}`,
          attributes: {},
          activitySid: 'WA1',
        }) as const,
    ),
    {
      kind: 'put-workflow',
      sid: 'WW1',
      friendlyName: 'Calls',
      configuration: compileTiers({ filters }),
      taskReservationTimeoutSeconds: fittingReservationTimeout(filters),
    },
    { kind: 'create-task', sid: 'WT1', workflowSid: 'WW1', taskChannelSid: 'TC1', attributes: {} },
  ] as const
  for (const command of commands) router.step(command, startMs)
  return { router, sid: 'WT1' }
}

/** Ages in seconds at which the task left each tier, to the end of the workflow. */
function tierEnds(router: Router, sid: string): number[] {
  const ends: number[] = []
  for (let at = router.nextTimerAt(); at !== null && router.task(sid); at = router.nextTimerAt()) {
    for (const event of router.step({ kind: 'tick' }, at)) {
      const left = event.kind === 'task-queue.timeout'
      if (left) ends.push((event.at - startMs) / 1000)
    }
  }
  return ends
}
