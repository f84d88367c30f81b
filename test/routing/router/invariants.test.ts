import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Router, RouterEvent, TaskView } from '../../../routing/index.ts'
import { anySchedule, open, play, type Run, type Timed } from './schedule.ts'

/** Plays every schedule to its end and looks at the router after each move. */
function always(check: (run: Run, events: readonly RouterEvent[], timed: Timed) => void) {
  fc.assert(
    fc.property(anySchedule, (schedule) => {
      const run = open()
      for (const timed of schedule) check(run, play(run, timed), timed)
    }),
    { numRuns: 300 },
  )
}

const reservationEnds = new Set([
  ...['reservation.rejected', 'reservation.timeout', 'reservation.canceled'],
  ...['reservation.rescinded', 'reservation.completed'],
])
const taskEnds = new Set([
  ...['task.canceled', 'task.completed', 'task.deleted', 'task.system-deleted'],
])

describe('createRouter: invariants over random schedules', () => {
  it('never reserves a worker above his capacity', () => {
    always(({ router }, events, { move }) => {
      // A capacity that was just lowered does not end what exceeds it.
      if (move.kind === 'command') return
      for (const event of events) {
        if (event.kind !== 'reservation.created') continue
        const { workerSid } = event.reservation
        const { taskChannelSid } = event.task
        const channel = router
          .workerChannels(workerSid)
          .find((each) => each.taskChannelSid === taskChannelSid)
        const used = router
          .reservations({ workerSid })
          .filter(({ taskSid }) => router.task(taskSid)?.taskChannelSid === taskChannelSid)
        assert.ok(channel && used.length <= channel.configuredCapacity)
      }
    })
  })

  it('loses no task: each created one is live until exactly one event ends it', () => {
    const live = new WeakMap<Router, Set<string>>()
    always(({ router }, events) => {
      const sids = live.get(router) ?? new Set()
      live.set(router, sids)
      for (const event of events) {
        if (event.kind === 'task.created') sids.add(event.task.sid)
        if (taskEnds.has(event.kind) && 'task' in event) {
          assert.ok(sids.delete(event.task.sid), `${event.task.sid} ends twice`)
        }
      }
      assert.deepEqual(
        [...router.tasks()].map(({ sid }) => sid),
        [...sids],
      )
    })
  })

  it('ends each reservation exactly once', () => {
    const live = new WeakMap<Router, Set<string>>()
    always(({ router }, events) => {
      const sids = live.get(router) ?? new Set()
      live.set(router, sids)
      for (const event of events) {
        if (!('reservation' in event)) continue
        const { sid } = event.reservation
        if (event.kind === 'reservation.created') sids.add(sid)
        else assert.ok(sids.has(sid), `${sid} had ended before ${event.kind}`)
        if (reservationEnds.has(event.kind)) sids.delete(sid)
      }
      const held = [...router.tasks()]
        .flatMap(({ sid }) => router.reservations({ taskSid: sid }))
        .filter(({ status }) => ['pending', 'accepted', 'wrapping'].includes(status))
      assert.deepEqual(new Set(held.map(({ sid }) => sid)), sids)
    })
  })

  it('keeps status, reservations and worker in step', () => {
    always(({ router }) => {
      for (const task of router.tasks()) {
        const statuses = router
          .reservations({ taskSid: task.sid })
          .map(({ status }) => status)
          .filter((status) => ['pending', 'accepted', 'wrapping'].includes(status))
        const expected = { pending: [], reserved: ['pending'], assigned: ['accepted'] }
        if (task.status === 'wrapping') assert.deepEqual(statuses, ['wrapping'])
        else if (task.status in expected) {
          const [only] = expected[task.status as keyof typeof expected]
          assert.ok(statuses.every((status) => status === only))
          assert.equal(statuses.length > 0, only !== undefined)
        } else assert.fail(`${task.status} is still in the router`)
      }
    })
  })

  it('shows in the last event of a task what the router shows', () => {
    always(({ router }, events) => {
      const last = new Map<string, TaskView>()
      for (const event of events) if ('task' in event) last.set(event.task.sid, event.task)
      for (const [sid, view] of last) {
        const now = router.task(sid)
        if (now) assert.deepEqual(view, now)
      }
    })
  })

  it('takes the higher priority first, then the older, among tasks for the same workers', () => {
    always(({ router }, events) => {
      const touched = new Set(events.map((event) => ('task' in event ? event.task.sid : '')))
      // Those that waited all through the step, in a queue whose steps have no expressions.
      const passedOver = [...router.tasks()].filter(
        ({ sid, status, taskQueueSid }) =>
          status === 'pending' && taskQueueSid === 'many' && !touched.has(sid),
      )
      for (const event of events) {
        if (event.kind !== 'reservation.created' || event.task.taskQueueSid !== 'many') continue
        const { task } = event
        for (const other of passedOver) {
          if (other.taskChannelSid !== task.taskChannelSid) continue
          const isOlder = other.virtualStartTime < task.virtualStartTime
          assert.ok(other.priority <= task.priority, `${other.sid} is more urgent`)
          assert.ok(!(isOlder && other.priority === task.priority), `${other.sid} is older`)
        }
      }
    })
  })

  it('leaves no task waiting whom a free worker could take', () => {
    always(({ router }) => {
      for (const task of router.tasks()) {
        if (task.status !== 'pending' || task.taskQueueSid !== 'many') continue
        for (const workerSid of router.queueMembers('many')) {
          const channel = router
            .workerChannels(workerSid)
            .find(({ taskChannelSid }) => taskChannelSid === task.taskChannelSid)
          const isFree = channel?.available && channel.availableCapacityPercentage > 0
          assert.ok(!(isFree && router.worker(workerSid)?.available), `${workerSid} is idle`)
        }
      }
    })
  })

  it('tells events in the order of time, and never after the moment of the step', () => {
    always(({ now }, events) => {
      let last = 0
      for (const event of events) {
        assert.ok(event.at >= last && event.at <= now)
        last = event.at
      }
    })
  })

  it('fires each timer at the moment it announced', () => {
    always((run) => {
      const due = run.router.nextTimerAt()
      if (due === null) return
      assert.ok(due > run.now)
      assert.deepEqual([...run.router.step({ kind: 'tick' }, run.now)], [])
    })
  })
})

describe('Router.snapshot', () => {
  it('lets a restored router go on exactly as the first one does', () => {
    fc.assert(
      fc.property(anySchedule, fc.nat(80), (schedule, cut) => {
        const run = open()
        for (const timed of schedule.slice(0, cut)) play(run, timed)
        const text = JSON.stringify(run.router.snapshot())
        const router = open({ restore: JSON.parse(text) }).router
        const other: Run = { ...run, router }
        assert.deepEqual(router.snapshot(), JSON.parse(text))
        for (const timed of schedule.slice(cut)) {
          assert.deepEqual(play(other, timed), play(run, timed))
        }
        assert.deepEqual(other.router.snapshot(), run.router.snapshot())
      }),
      { numRuns: 300 },
    )
  })
})
