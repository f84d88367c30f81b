import type { Job } from '../schemas/index.ts'
import { createAlarms } from './jobs/alarms.ts'
import { createBacklog } from './jobs/backlog.ts'
import { createBundle } from './jobs/bundle.ts'
import { createJobQueue } from './jobs/job-queue.ts'
import { createLog, type Log } from './log.ts'
import { createServiceNow, type ServiceNow } from './service-now/service-now.ts'
import type { Settings } from './settings.ts'
import { createAzureAccount } from './store/azure-account.ts'
import { createAzureStore } from './store/azure-store.ts'
import type { Store } from './store/store.ts'
import { createTwilioRest, type TwilioRest } from './twilio/rest.ts'

/** What handlers work with; everything that varies comes in through here. */
export type Services = {
  readonly settings: Settings
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  /**
   * Has the job run once `now()` has reached `atMs`, at least once, also after a restart. Resolves when the
   * job is safe; never throws: what the queue does not take, this process keeps and retries.
   */
  readonly schedule: (atMs: number, job: Job) => Promise<void>
  /**
   * Has the job run at that very moment, if this process lives to see it; nothing is written down. Absent where `schedule` is as
   * exact.
   */
  readonly alarm?: ((atMs: number, job: Job) => void) | undefined
  readonly store: Store
  readonly twilio: TwilioRest
  /** Absent where none is configured. */
  readonly serviceNow?: ServiceNow | undefined
  readonly log: Log
}

/** What a host may bring along; the rest is as in production. */
export type OwnServices = Partial<Pick<Services, 'now' | 'schedule' | 'log'>>

/** The services of production: Azure Storage and Twilio's REST API, as the settings say. */
export function createServices(settings: Settings, own: OwnServices = {}): Services {
  const { app } = settings
  const account = createAzureAccount(app)
  const queue = createJobQueue(account)
  const now = own.now ?? Date.now
  const log = own.log ?? createLog(secretsOf(settings))
  const run = async (job: Job) => {
    const { runJob } = await import('./jobs/run-job.ts')
    await runJob(job, services)
  }
  const backlog = createBacklog({ send: queue.send, run, now, log })
  const alarms = createAlarms({ run, now, log })
  const bundle = createBundle((job) => queue.send(job, 0))
  const services: Services = {
    settings,
    now,
    log,
    store: createAzureStore(account),
    twilio: createTwilioRest({
      accountSid: app.TWILIO_ACCOUNT_SID,
      authToken: app.TWILIO_AUTH_TOKEN,
      baseUrl: app.TWILIO_BASE_URL,
    }),
    serviceNow: serviceNowOf(settings),
    async schedule(atMs, job) {
      try {
        if (job.kind === 'event' && atMs <= now()) await bundle.add(job.event)
        else await queue.send(job, atMs - now())
      } catch (error) {
        log.warn('queue.unreachable', { kind: job.kind, error })
        backlog.add(job, atMs)
      }
    },
    alarm: (atMs, job) => alarms.set(job, atMs),
    ...(own.schedule ? { schedule: own.schedule, alarm: undefined } : {}),
  }
  return services
}

function serviceNowOf({ app }: Settings): ServiceNow | undefined {
  const { SN_API_TABLE_ROOT: tableRoot, SN_USER: user, SN_PASSWORD: password } = app
  if (tableRoot === undefined || user === undefined || password === undefined) return undefined
  return createServiceNow({ tableRoot, user, password })
}

function secretsOf({ app }: Settings): string[] {
  const accountKey = /AccountKey=([^;]+)/.exec(app.AzureWebJobsStorage ?? '')?.[1]
  return [
    app.TWILIO_AUTH_TOKEN,
    app.TWILIO_AUTH_TOKEN_SECONDARY,
    app.BACK_OFFICE_KEY,
    app.SN_PASSWORD,
    accountKey,
  ].filter((secret) => secret !== undefined)
}
