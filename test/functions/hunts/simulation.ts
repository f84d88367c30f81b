import { type Hunt, huntSchema } from '../../../functions/hunts/hunt.ts'
import { huntConfirm } from '../../../functions/hunts/hunt-confirm.ts'
import { huntNews } from '../../../functions/hunts/hunt-events.ts'
import { runHuntJob } from '../../../functions/hunts/hunt-job.ts'
import { newHunt } from '../../../functions/hunts/new-hunt.ts'
import { step } from '../../../functions/hunts/step.ts'
import { sweepHunts } from '../../../functions/hunts/sweep.ts'
import { advanceHunt, createHunt } from '../../../functions/hunts/world.ts'
import type { Services } from '../../../functions/services.ts'
import type { Store } from '../../../functions/store/store.ts'
import { centreSettings, type Job, type VoiceRequest } from '../../../schemas/index.ts'
import { appEnvironment, centre, sids } from '../../support/centre-settings.ts'
import { createFakePhones, type FakeCall } from './fake-phones.ts'
import { createFakeStore } from './fake-store.ts'
import { createFakeTaskRouter, type FakeReservation, type FakeTask } from './fake-task-router.ts'
import { createFakeTwilio } from './fake-twilio.ts'

/** How bad the world is; each a share of all occasions, 0 to 1. */
export type Weather = {
  readonly crashes: number
  readonly lost: number
  readonly unanswered: number
  readonly duplicates: number
  readonly lostEvents: number
  readonly slow: number
  /** So long at most takes what is slow. */
  readonly slowMs: number
}

type Step = { readonly process: number; readonly go: () => void }

type Process = {
  readonly number: number
  readonly services: Services
  readonly deaths: Set<() => void>
}

const startMs = Date.UTC(2026, 0, 5, 9)
const customerCallSid = sids.call

/**
 * Hunts in a world where everything happens in any order: whatever waits, of whichever process, goes on by chance, and
 * processes die in between. The hunts' own code is the real one; store, TaskRouter and phones are in memory.
 */
export function createSimulation(
  random: () => number,
  weather: Weather,
  count: (what: string) => void,
) {
  let now = startMs
  let calm = false
  let customerThere = true
  let waiting: Step[] = []
  let timers: { readonly at: number; readonly run: () => void }[] = []
  const problems: unknown[] = []
  /** What no hunt may do, however briefly. */
  const lapses: string[] = []
  /** Hunts with whose tasks somebody meddled at TaskRouter, which goes on asking before anybody here hears of it. */
  const meddled = new Set<string>()
  const rows = new Map<string, { text: string; version: number }>()
  const workers = new Map<string, { available: boolean }>()
  const chance = (share: number) => !calm && random() < share
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)]
  const later = (ms: number, run: () => void) => timers.push({ at: now + Math.floor(ms), run })

  const router = createFakeTaskRouter(workers, tellTask)
  const phones = createFakePhones(tellCall, askPhone)

  function servicesOf(process: number): Services {
    const pass = () =>
      new Promise<void>((go) => {
        const wait = () => {
          if (!dead.has(process)) waiting.push({ process, go })
        }
        if (chance(weather.slow)) {
          count('slow')
          later(random() * weather.slowMs, wait)
        } else wait()
      })
    return {
      settings: {
        app: { ...appEnvironment(), PUBLIC_BASE_URL: 'https://centre.example' } as never,
        centre: centreSettings.parse({
          ...centre,
          hunts: { workflowSid: sids.workflow, groups: {} },
        }),
      },
      now: () => now,
      async schedule(atMs, job) {
        await pass()
        schedule(atMs, job)
      },
      alarm: (at, job) => timers.push({ at, run: () => ring(process, job) }),
      store: countConflicts(createFakeStore(rows, pass), pass),
      twilio: createFakeTwilio({
        ...{ router, phones, workers, pass, count },
        customerIsThere: () => customerThere,
        mishap: () =>
          chance(weather.lost) ? 'lost' : chance(weather.unanswered) ? 'unanswered' : 'none',
      }),
      log: { info() {}, warn() {}, error() {} },
    }
  }

  function countConflicts(store: Store, pass: () => Promise<void>): Store {
    return {
      ...store,
      async create(...args) {
        const version = await store.create(...args)
        // Written, and whoever wrote it may not live to hear of it.
        await pass()
        return version
      },
      async replace(...args) {
        const version = await store.replace(...args)
        if (version === undefined) count('store conflict')
        return version
      },
    }
  }

  /** A process does this, an own one or one that does other things as well; it may die at any time. */
  function run(work: (services: Services) => Promise<unknown>, onDeath?: () => void): void {
    const others = living.filter(({ number }) => !dead.has(number)).slice(-3)
    const process = (random() < 0.6 ? pick(others) : undefined) ?? startProcess()
    if (onDeath) process.deaths.add(onDeath)
    work(process.services)
      .catch((error: unknown) => problems.push(error))
      .finally(() => onDeath && process.deaths.delete(onDeath))
  }
  function ring(process: number, job: Job): void {
    const services = living[process - 1]?.services
    if (!services || dead.has(process)) return
    runHuntJob(job as never, services).catch((error: unknown) => problems.push(error))
  }
  function startProcess(): Process {
    const number = living.length + 1
    const process = { number, services: servicesOf(number), deaths: new Set<() => void>() }
    living.push(process)
    return process
  }
  const living: Process[] = []
  const dead = new Set<number>()

  function schedule(atMs: number, job: Job): void {
    if (job.kind === 'forget-hunts') return
    // The queue brings a job again whose process died.
    const go = () =>
      run(
        (services) => runHuntJob(job as never, services),
        () => later(30_000, go),
      )
    timers.push({ at: atMs, run: go })
  }

  let sent = 0
  let lastArrived = 0
  let underWay = 0
  /** False when it gets lost. */
  function deliver(work: () => void): boolean {
    if (chance(weather.lostEvents)) {
      count('event lost')
      return false
    }
    const number = ++sent
    underWay++
    const arrive = () => {
      underWay--
      if (number < lastArrived) count('event out of order')
      lastArrived = Math.max(lastArrived, number)
      work()
    }
    later(chance(0.3) ? random() * 3000 : 0, arrive)
    if (chance(weather.duplicates)) {
      count('event twice')
      later(random() * 20_000, work)
    }
    return true
  }
  function tellTask(EventType: string, task: FakeTask, more: Record<string, string> = {}): void {
    const TaskAttributes = JSON.stringify(task.attributes)
    const TaskAssignmentStatus = task.status
    const { hunt_id: id } = task.attributes
    const { WorkerSid = '' } = more
    if (EventType === 'reservation.created' && !meddled.has(id)) {
      const agent = readHunt(id)?.agents.find(({ sid }) => sid === WorkerSid)
      if (agent?.state === 'rejected') lapses.push(`${id} asks ${WorkerSid} again`)
    }
    deliver(() => {
      const news = huntNews({ EventType, TaskAttributes, TaskAssignmentStatus, ...more })
      if (news?.event)
        run((services) => advanceHunt(news.id, news.event ? [news.event] : [], services))
    })
  }
  function tellCall(call: FakeCall): void {
    const { sid, status, callback } = call
    const query = new URL(callback).searchParams
    const [id, attempt] = [query.get('hunt') ?? '', Number(query.get('attempt'))]
    if (status === 'ringing') {
      if (askedFor(id).length > 0) lapses.push(`${id} rings while others are asked`)
      const legs = [...phones.calls.values()].filter((one) => one.to === call.to)
      const twice = legs.filter(phones.isLive).length > 1
      // Whom the row gave the seat is joined also when TaskRouter knows nothing of it, and is free for others there.
      if (twice && meddled.size === 0) lapses.push(`${call.to} is called twice at once`)
    }
    call.told = deliver(() => {
      schedule(now, { kind: 'hunt-leg', id, attempt, callSid: sid, status })
    })
  }
  function readHunt(id: string): Hunt | undefined {
    const row = rows.get(`hunt/${id}`)
    return row && huntSchema.parse(JSON.parse(row.text))
  }

  /** Whoever has a pending reservation of this hunt. */
  function askedFor(id: string): string[] {
    return [...router.tasks.values()]
      .filter(({ attributes }) => attributes.hunt_id === id)
      .flatMap(({ reservations }) => reservations.filter(({ status }) => status === 'pending'))
      .map(({ workerSid }) => workerSid)
  }

  /** Twilio asks what is to become of a call; without an answer it ends. */
  function askPhone(call: FakeCall, url: string, Digits?: string): void {
    const end = () => phones.move(call, 'completed')
    run(async (services) => {
      const request = { CallSid: call.sid, ...(Digits && { Digits }) } as VoiceRequest
      const twiml = await huntConfirm(request, new URL(url).searchParams, services)
      if (twiml.includes('<Conference')) call.joined ||= phones.isLive(call)
      else if (!twiml.includes('<Gather') || random() < 0.3) end()
      else later(random() * 10_000, () => phones.isLive(call) && askPhone(call, url, '1'))
    }, end)
  }

  /** Lets everything that became ready by one step happen. */
  async function drain(): Promise<void> {
    for (let i = 0; i < 12; i++) await null
  }

  async function goOn(): Promise<boolean> {
    const step = pick(waiting)
    if (step) {
      waiting = waiting.filter((one) => one !== step)
      if (chance(weather.crashes)) {
        count('process died')
        dead.add(step.process)
        waiting = waiting.filter(({ process }) => process !== step.process)
        for (const die of living[step.process - 1]?.deaths ?? []) die()
      } else step.go()
      await drain()
      return true
    }
    const next = timers.reduce<(typeof timers)[number] | undefined>(
      (first, one) => (!first || one.at < first.at ? one : first),
      undefined,
    )
    if (!next) return false
    timers = timers.filter((one) => one !== next)
    now = Math.max(now, next.at)
    next.run()
    await drain()
    return true
  }

  return {
    workers,
    router,
    phones,
    problems,
    lapses,
    askedFor,
    now: () => now,
    pick,
    later,
    run,
    goOn,
    /** Nothing is under way: whoever is to know of something knows it. */
    isQuiet: () => waiting.length === 0 && underWay === 0 && !timers.some(({ at }) => at <= now),
    /** From here on nothing fails any more, so that everything comes to its end. */
    calmDown() {
      calm = true
    },
    start(
      id: string,
      tiers: readonly { seconds: number; workers: string[] }[],
      confirm: boolean,
    ): void {
      run(async (services) => {
        const agents = new Map(
          [...workers.keys()].map((sid) => [sid, { sid, name: sid.slice(-2) }]),
        )
        const request = { customerCallSid }
        const rules = { tiers: tiers.map((tier) => ({ ...tier })), confirm }
        const hunt = newHunt(
          { id, request, rules, agents, conferenceSid: 'CF', conferenceName: 'room' },
          now,
        )
        await createHunt(step(hunt, { kind: 'start' }, now), services)
      })
    },
    answer: (id: string, kind: 'accept' | 'reject', workerSid: string) =>
      run((services) => advanceHunt(id, [{ kind, workerSid }], services)),
    cancel: (id: string) =>
      run((services) => advanceHunt(id, [{ kind: 'cancel', reason: 'enough' }], services)),
    customerLeaves(ids: readonly string[]) {
      customerThere = false
      for (const id of ids) {
        const event = { kind: 'customer-left', reason: 'gone' } as const
        deliver(() => run((services) => advanceHunt(id, [event], services)))
      }
    },
    sweep: () => run((services) => sweepHunts(services)),
    /** An agent answers without a word to the hunt; false when the reservation is over. */
    answerAtTaskRouter(task: FakeTask, { sid }: FakeReservation, status: string) {
      meddled.add(task.attributes.hunt_id)
      return router.answer(task, sid, status) !== undefined
    },
    /** Somebody cancels a task, or TaskRouter does; false when it is over. */
    cancelTask(task: FakeTask, reason: string) {
      meddled.add(task.attributes.hunt_id)
      return router.end(task, 'canceled', reason) !== undefined
    },
    hunt: readHunt,
    listed: () => [...rows.keys()].filter((key) => /^(open-hunts|hunts-for-)/.test(key)),
  }
}
