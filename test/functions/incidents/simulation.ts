import { execute } from '../../../functions/incidents/execute.ts'
import { type Incident, incidentSchema } from '../../../functions/incidents/incident.ts'
import { runIncidentJob } from '../../../functions/incidents/incident-job.ts'
import { advanceIncident } from '../../../functions/incidents/world.ts'
import { type Notebook, notebookSchema } from '../../../functions/service-now/notebook.ts'
import type { Services } from '../../../functions/services.ts'
import type { Store } from '../../../functions/store/store.ts'
import { centreSettings, type IncidentRoster, type Job } from '../../../schemas/index.ts'
import { appEnvironment, centre } from '../../support/centre-settings.ts'
import { createFakeStore } from '../hunts/fake-store.ts'
import { createFakeServiceNow, type FakeIncident } from './fake-service-now.ts'
import { createFakeStudio, type FakeExecution } from './fake-studio.ts'

/** How bad the world is; each a share of all occasions, 0 to 1. */
export type Weather = {
  readonly crashes: number
  readonly lost: number
  readonly unanswered: number
  readonly duplicates: number
  readonly lostEvents: number
  /** The store says that somebody else was faster: somebody else, or its own first answer was lost. */
  readonly conflicts: number
}

/** One thing that goes wrong: at which occasion of its kind, from 1. */
export type Accident = {
  readonly kind: 'death' | 'unanswered' | 'conflict'
  readonly at: number
}

/** How hunts are to go. */
export type SimulatedRules = {
  readonly roster: IncidentRoster
  readonly attemptsPerPerson?: number
  readonly rounds?: number
  readonly totalMinutes?: number
  readonly afterAgents?: 'end' | 'escalate'
}

/** What is not left to chance; default nothing. */
export type SimulatedPlan = {
  /** What comes of the calls, in their order. */
  readonly outcomes?: readonly string[]
  readonly accident?: Accident
}

type Step = { readonly process: number; readonly go: () => void }

const startMs = Date.UTC(2026, 0, 5, 9)
const outcomes = [
  'accepted',
  'next',
  'next',
  'escalate',
  'busy',
  'noAnswer',
  'failed',
  'silence',
  undefined,
]

/**
 * Hunts for incidents in a world where everything happens in any order: whatever waits, of whichever process, goes on by chance, and
 * processes die in between. The code is the real one; store, Studio and ServiceNow are in memory.
 */
export function createSimulation(
  random: () => number,
  weather: Weather,
  rules: SimulatedRules,
  plan: SimulatedPlan = {},
) {
  let now = startMs
  let calm = false
  let serviceNowDownUntil = 0
  let waiting: Step[] = []
  let processes = 0
  let timers: { readonly at: number; readonly run: () => void }[] = []
  const deaths = new Map<number, () => void>()
  const problems: unknown[] = []
  const rows = new Map<string, { text: string; version: number }>()
  const executions: FakeExecution[] = []
  const incidents = new Map<string, FakeIncident>()
  const occasions = { death: 0, unanswered: 0, conflict: 0 }
  const befalls = (kind: Accident['kind']) =>
    ++occasions[kind] === plan.accident?.at && plan.accident.kind === kind
  const chance = (share: number) => !calm && random() < share
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)]
  const later = (ms: number, run: () => void) => timers.push({ at: now + Math.floor(ms), run })
  const away = new Set<string>()

  function servicesOf(process: number): Services {
    const pass = () => new Promise<void>((go) => waiting.push({ process, go }))
    const lossy = () => {
      if (befalls('unanswered')) return 'unanswered'
      return chance(weather.lost) ? 'lost' : chance(weather.unanswered) ? 'unanswered' : 'none'
    }
    return {
      settings: {
        app: { ...appEnvironment({ FLOW_SID: 'FW' }) } as never,
        centre: centreSettings.parse({ ...centre, incidents: rules }),
      },
      now: () => now,
      async schedule(atMs, job) {
        await pass()
        schedule(atMs, job)
      },
      store: withConflicts(createFakeStore(rows, pass)),
      twilio: createFakeStudio({
        ...{ executions, pass, now: () => now, onStart },
        listLagMs: weather.lost > 0 ? 10_000 : 0,
        isAvailable: (sid) => !away.has(sid),
        mishap: () => (chance(weather.lost) ? 'refused' : lossy()),
      }),
      serviceNow: createFakeServiceNow({
        ...{ incidents, pass },
        mishap: () => {
          if (now < serviceNowDownUntil)
            return pick([401, 503, 'lost', 'unanswered'] as const) ?? 503
          return chance(weather.lost) ? 429 : lossy()
        },
      }),
      log: { info() {}, warn() {}, error() {} },
    }
  }

  function withConflicts(store: Store): Store {
    return {
      ...store,
      async create(...row) {
        const version = await store.create(...row)
        if (version === undefined) return undefined
        return befalls('conflict') || chance(weather.conflicts) ? undefined : version
      },
      async replace(...row) {
        if (chance(weather.conflicts)) return undefined
        const version = await store.replace(...row)
        return befalls('conflict') || chance(weather.conflicts) ? undefined : version
      },
    }
  }

  function onStart(execution: FakeExecution): void {
    const { sys_id: id } = execution.parameters
    const live = executions.filter(
      ({ parameters, status }) => status === 'active' && parameters['sys_id'] === id,
    )
    if (live.length > 1) problems.push(new Error(`${id} has two live calls`))
    const hunt = huntOf(String(id))
    // One that is stopped while the call is being asked for ends it at once.
    if (hunt?.state === 'accepted' || hunt?.state === 'exhausted')
      problems.push(new Error(`${id} calls after its end`))
    const planned = plan.outcomes?.[executions.length - 1]
    // A line that is busy ends it at once.
    later(random() < 0.3 ? random() * 5_000 : random() * 90_000, () =>
      settle(execution, planned ?? pick(outcomes)),
    )
  }

  function settle(execution: FakeExecution, outcome: string | undefined): void {
    if (execution.status === 'ended') return
    execution.call = 'over'
    // Hung up while Studio ran no widget: the execution stays active.
    if (chance(0.02)) return
    execution.outcome = outcome
    execution.status = 'ended'
    const tell = () => schedule(now, { kind: 'incident-execution', executionSid: execution.sid })
    if (chance(weather.lostEvents)) return
    later(chance(0.3) ? random() * 30_000 : 0, tell)
    if (chance(weather.duplicates)) later(random() * 300_000, tell)
  }

  /** A process of its own does this; it may die at any time. */
  function run(work: (services: Services) => Promise<unknown>, onDeath?: () => void): void {
    const process = ++processes
    work(servicesOf(process)).catch((error: unknown) => problems.push(error))
    if (onDeath) deaths.set(process, onDeath)
  }

  function schedule(atMs: number, job: Job): void {
    if (job.kind === 'forget-incident') return
    // The queue brings a job again whose process died.
    const go = () =>
      run(
        (services) => runIncidentJob(job as never, services),
        () => later(30_000, go),
      )
    timers.push({ at: atMs, run: go })
    if (chance(weather.duplicates)) later(atMs - now + random() * 60_000, go)
  }

  async function goOn(): Promise<boolean> {
    const step = pick(waiting)
    if (step) {
      waiting = waiting.filter((one) => one !== step)
      if (befalls('death') || chance(weather.crashes)) {
        waiting = waiting.filter(({ process }) => process !== step.process)
        deaths.get(step.process)?.()
      } else step.go()
    } else {
      const next = timers.reduce<(typeof timers)[number] | undefined>(
        (first, one) => (!first || one.at < first.at ? one : first),
        undefined,
      )
      if (!next) return false
      timers = timers.filter((one) => one !== next)
      now = Math.max(now, next.at)
      next.run()
    }
    for (let i = 0; i < 12; i++) await null
    return true
  }

  function huntOf(id: string): Incident | undefined {
    const row = rows.get(`incident/${id}`)
    return row && incidentSchema.parse(JSON.parse(row.text))
  }

  return {
    executions,
    incidents,
    away,
    problems,
    pick,
    later,
    run,
    goOn,
    now: () => now,
    /** From here on nothing fails any more, so that everything comes to its end. */
    calmDown() {
      calm = true
      serviceNowDownUntil = 0
    },
    downForTenMinutes() {
      serviceNowDownUntil = now + 600_000
    },
    /** ServiceNow's business rule; the answer goes to `answered`. */
    start(id: string, answered: (status: number | undefined) => void = () => {}): void {
      const body = { sys_id: id, ticket_no: `INC${id.slice(0, 4)}`, short_description: 'down' }
      const ask = () =>
        run(
          async (services) => answered((await execute(body, services)).status),
          // The rule asks again that is not answered.
          () => later(10_000, ask),
        )
      ask()
    },
    stop: (id: string) =>
      run((services) => advanceIncident(id, [{ kind: 'stop', reason: 'enough' }], services)),
    tellAgain(): void {
      const one = pick(executions)
      if (one) schedule(now, { kind: 'incident-execution', executionSid: one.sid })
    },
    sweep: () => run((services) => runIncidentJob({ kind: 'sweep-incidents' }, services)),
    hunt: huntOf,
    notebook(id: string): Notebook | undefined {
      const row = rows.get(`incident-notebook/${id}`)
      return row && notebookSchema.parse(JSON.parse(row.text))
    },
    /** How often there has been an occasion for an accident of that kind. */
    occasionsFor: (kind: Accident['kind']) => occasions[kind],
    listed: () => [...rows.keys()].filter((key) => /^open-(incidents|notebooks)\//.test(key)),
  }
}
