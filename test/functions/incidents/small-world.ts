import { runIncidentJob } from '../../../functions/incidents/incident-job.ts'
import type { Services } from '../../../functions/services.ts'
import { centreSettings, type IncidentRoster, type Job } from '../../../schemas/index.ts'
import { appEnvironment, centre } from '../../support/centre-settings.ts'
import { createFakeStore } from '../hunts/fake-store.ts'
import { createFakeServiceNow, type FakeIncident } from './fake-service-now.ts'
import { createFakeStudio, type FakeExecution } from './fake-studio.ts'
import { person, startMs, sysId } from './hunting.ts'

export const flowSid = `FW${'f'.repeat(32)}`

/** Services in memory where nothing fails unless the test says so; jobs are run when the test says so. */
export function createSmallWorld(
  roster: IncidentRoster | undefined = {
    agent_list: [person('Ada'), person('Ben')],
    escalation_list: [person('Mia')],
  },
  incidents: object = {},
) {
  let now = startMs
  let jobs: { readonly at: number; readonly job: Job }[] = []
  const rows = new Map<string, { text: string; version: number }>()
  const executions: FakeExecution[] = []
  const records = new Map<string, FakeIncident>([
    [sysId, { state: '1', assigned_to: '', journal: '' }],
  ])
  const pass = async () => {}
  const mishaps = { serviceNow: 'none' as 'none' | 'unanswered' | 503 }
  const services: Services = {
    settings: {
      app: appEnvironment({ FLOW_SID: flowSid }) as never,
      centre: centreSettings.parse({
        ...centre,
        incidents: { ...incidents, ...(roster ? { roster } : {}) },
      }),
    },
    now: () => now,
    async schedule(at, job) {
      jobs.push({ at, job })
    },
    store: createFakeStore(rows, pass),
    twilio: createFakeStudio({
      ...{ executions, pass, now: () => now },
      mishap: () => 'none',
      isAvailable: () => true,
      onStart() {},
    }),
    serviceNow: createFakeServiceNow({
      ...{ incidents: records, pass },
      mishap: () => mishaps.serviceNow,
    }),
    log: { info() {}, warn() {}, error() {} },
  }
  return {
    services,
    executions,
    mishaps,
    jobs: () => jobs.map(({ job }) => job),
    journal: () => records.get(sysId)?.journal ?? '',
    record: () => records.get(sysId),
    /** The last execution ends like this; nobody is told. */
    end(outcome: string | undefined): string {
      const last = executions.at(-1)
      if (!last) throw new Error('nobody was called')
      Object.assign(last, { status: 'ended', call: 'over', outcome })
      return last.sid
    },
    /** Runs the jobs that are due within this time, and those that they schedule. */
    async pass(ms: number): Promise<void> {
      const until = now + ms
      for (;;) {
        const next = jobs.toSorted((a, b) => a.at - b.at)[0]
        if (!next || next.at > until) break
        jobs = jobs.filter((one) => one !== next)
        now = Math.max(now, next.at)
        await runIncidentJob(next.job as never, services)
      }
      now = until
    },
  }
}
