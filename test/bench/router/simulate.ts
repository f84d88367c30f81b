import {
  type Command,
  createRouter,
  type Router,
  type RouterEvent,
} from '../../../routing/index.ts'
import {
  available,
  languages,
  offline,
  opening,
  voice,
  workerCount,
  workflowSid,
} from './centre.ts'
import { createRandom, exponentialSeconds } from './random.ts'
import { createWheel } from './wheel.ts'

/** What a simulated stretch of time brought. */
export type Traffic = {
  readonly events: number
  readonly completed: number
  readonly abandoned: number
  readonly timedOut: number
  readonly peakRss: number
}

// Alarms: four a task slot, then one a worker. No more callers than slots are ever there at a time.
const [giveUp, answer, hangUp, finish] = [0, 1, 2, 3]
const slots = 4096
const workerAlarms = slots * 4

// The router only compares SIDs, and forgets those of tasks that have ended: a caller is named after his slot, and the
// names of reservations come around again long after their tasks are gone.
const taskSids = Array.from({ length: slots }, (_, slot) => `WT${slot}`)
const reservationNames = Array.from({ length: 4 * slots }, (_, i) => `WR${i}`)
const workerSids = Array.from({ length: workerCount }, (_, i) => `WK${i}`)

const secondsBetweenCalls = 4
const talkSeconds = 120
const wrapUpSeconds = 15
const patienceSeconds = 180
const ringsOut = 1 / 40

/** A command and when it was given, milliseconds. */
export type Step = { readonly command: Command; readonly at: number }

/** The same steps given to a new router, every event looked at: what the router costs without its traffic. */
export function replay(steps: readonly Step[]): number {
  const router = openRouter()
  let completed = 0
  for (const { command, at } of steps) {
    for (const event of router.step(command, at)) if (event.kind === 'task.completed') completed++
    router.nextTimerAt()
  }
  return completed
}

/** Callers and agents around a router, second by second, until `taskCount` tasks have come and gone. */
export function simulate(taskCount: number, recorded?: Step[]): Traffic {
  const router = openRouter()
  const random = createRandom(42)
  const wheel = createWheel(4096, workerAlarms + workerCount)
  const reservationSids: string[] = new Array(slots).fill('')
  const freeSlots = Array.from({ length: slots }, (_, i) => slots - 1 - i)
  let [created, events, completed, abandoned, timedOut] = [0, 0, 0, 0, 0]
  let peakRss = process.memoryUsage.rss()
  let second = 0
  let nextCall = 0
  let nextTimer = timerSecond()

  for (; completed + abandoned < taskCount; second++) {
    for (; created < taskCount && nextCall <= second; created++) {
      call()
      nextCall += exponentialSeconds(random, secondsBetweenCalls)
    }
    if (nextTimer <= second) act({ kind: 'tick' })
    for (let alarm = wheel.next(second); alarm >= 0; alarm = wheel.next(second)) ring(alarm)
    if (second % 100_000 === 0) peakRss = Math.max(peakRss, process.memoryUsage.rss())
  }
  return { events, completed, abandoned, timedOut, peakRss }

  function call(): void {
    const slot = freeSlots.pop()
    if (slot === undefined) throw new Error(`More than ${slots} callers at a time`)
    const sid = taskSids[slot] ?? ''
    wheel.set(slot * 4 + giveUp, second + 1 + exponentialSeconds(random, patienceSeconds))
    const language = languages[Math.floor(random() * languages.length)] ?? 'en'
    const attributes = { selected_language: language, slot }
    act({ kind: 'create-task', sid, workflowSid, taskChannelSid: voice, attributes })
  }

  function ring(alarm: number): void {
    if (alarm >= workerAlarms) {
      const sid = workerSids[alarm - workerAlarms] ?? ''
      act({ kind: 'set-worker-activity', sid, activitySid: available })
      return
    }
    const slot = alarm >> 2
    const sid = taskSids[slot] ?? ''
    switch (alarm & 3) {
      case giveUp:
        act({ kind: 'cancel-task', sid, reason: 'hangup' })
        break
      case answer:
        act({ kind: 'accept-reservation', sid: reservationSids[slot] ?? '' })
        wheel.cancel(slot * 4 + giveUp)
        wheel.set(slot * 4 + hangUp, second + 1 + exponentialSeconds(random, talkSeconds))
        break
      case hangUp:
        act({ kind: 'wrap-up-task', sid })
        wheel.set(slot * 4 + finish, second + wrapUpSeconds)
        break
      case finish:
        completed++
        freeSlots.push(slot)
        act({ kind: 'complete-task', sid, reason: 'done' })
        break
      default:
        throw new Error(`No such alarm: ${alarm}`)
    }
  }

  function act(command: Command): void {
    recorded?.push({ command, at: second * 1000 })
    const happened = router.step(command, second * 1000)
    events += happened.length
    for (const event of happened) observe(event)
    nextTimer = timerSecond()
  }

  // The router's timers change in its steps only. A tick may come up to a second late, as from a clock of seconds.
  function timerSecond(): number {
    const due = router.nextTimerAt()
    return due === null ? Number.POSITIVE_INFINITY : Math.ceil(due / 1000)
  }

  function observe(event: RouterEvent): void {
    if (event.kind === 'reservation.created') {
      const slot = Number(event.task.attributes['slot'])
      reservationSids[slot] = event.reservation.sid
      if (random() < ringsOut) return
      wheel.set(slot * 4 + answer, second + 1 + Math.floor(random() * 6))
    } else if (event.kind === 'task.canceled') {
      const slot = Number(event.task.attributes['slot'])
      abandoned++
      freeSlots.push(slot)
      wheel.cancel(slot * 4 + giveUp)
      wheel.cancel(slot * 4 + answer)
    } else if (event.kind === 'reservation.timeout') {
      timedOut++
    } else if (event.kind === 'worker.activity.update' && event.activitySid === offline) {
      wheel.set(workerAlarms + Number(event.workerSid.slice(2)), second + 30)
    }
  }
}

function openRouter(): Router {
  let reservations = 0
  const router = createRouter({
    newReservationSid: () => reservationNames[reservations++ % reservationNames.length] ?? '',
  })
  for (const command of opening) router.step(command, 0)
  return router
}
