import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { type Budget, createBudget, type Lanes } from '../../../provider/requests/budget.ts'
import { runLimited } from '../../bench/rate-limit.ts'

describe('createBudget', () => {
  const lanes = (most: number): Lanes => ({ most, busy: 0, wanted: new Set() })

  function repeat(budget: Budget, times: number, work: () => Promise<void>): Promise<unknown> {
    return Promise.all(Array.from({ length: times }, () => budget.take(work)))
  }

  it('lets no more requests of a host be under way than it has lanes, whatever their endpoint', async () => {
    const host = lanes(4)
    const one = createBudget(host, undefined)
    const other = createBudget(host, undefined)
    let most = 0
    const work = async () => {
      most = Math.max(most, host.busy)
      await pause(1)
    }
    await Promise.all([repeat(one, 20, work), repeat(other, 20, work)])
    assert.equal(most, 4)
    assert.equal(host.busy, 0)
  })

  it('does not wait while nothing is refused', async () => {
    const budget = createBudget(lanes(8), undefined)
    await repeat(budget, 1000, async () => budget.served())
    assert.equal(budget.rate(), Number.POSITIVE_INFINITY)
  })

  it('goes at the rate that was let through once too much is refused', async () => {
    const budget = createBudget(lanes(32), undefined)
    await pause(1000)
    for (let i = 0; i < 40; i++) budget.served()
    for (let i = 0; i < 20; i++) budget.refused(1000)
    assert.equal(Math.round(budget.rate()), 40)
    const began = performance.now()
    await repeat(budget, 9, async () => {})
    assert.ok(performance.now() - began > 150, 'nine requests are spread over a fifth of a second')
  })

  it('takes one refusal among many successes for what it is', () => {
    const budget = createBudget(lanes(8), undefined)
    for (let i = 0; i < 40; i++) budget.served()
    budget.refused(1000)
    assert.equal(budget.rate(), Number.POSITIVE_INFINITY)
  })

  it('waits as long as Twilio says when nothing gets through', async () => {
    const budget = createBudget(lanes(8), undefined)
    for (let i = 0; i < 10; i++) budget.refused(300)
    const began = performance.now()
    await budget.take(async () => {})
    assert.ok(performance.now() - began > 250)
  })

  it('lets everything go when the engine stops', async () => {
    const controller = new AbortController()
    const budget = createBudget(lanes(8), controller.signal)
    for (let i = 0; i < 10; i++) budget.refused(60_000)
    setImmediate(() => controller.abort())
    await repeat(budget, 3, async () => {})
  })
})

describe('a deployment at a Twilio that limits and refuses', () => {
  it('makes everything once, and spreads its requests instead of hammering', async () => {
    const faults = { writesPerSecond: 40, statuses: { '429': 0.05, '503': 0.02 } }
    const run = await runLimited(80, faults)
    assert.equal(run.declared, 80)
    assert.equal(run.there, 80)
    // Asked again as often as it likes, each of the 80 would be sent dozens of times in these two seconds.
    assert.ok(run.requests < run.declared * 4, `${run.requests} requests`)
  })
})
