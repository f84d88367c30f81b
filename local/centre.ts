import { randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { routes } from '../schemas/index.ts'
import { createChangeDesk, type OpenChangeDesk } from './change-desk.ts'
import type { Clock } from './clock.ts'
import {
  createBackOffice,
  createConsole,
  createHunts,
  createIncidents,
  createWrapUps,
} from './console/index.ts'
import { demoAccount, demoServiceNow, localPassphrase } from './demo-account.ts'
import { type Deployment, readDeployment } from './deployment.ts'
import {
  createEngine,
  type Engine,
  type EngineOptions,
  type OperationResult,
  renderPlan,
  unwrapSecrets,
} from './engine/index.ts'
import { Failure } from './failure.ts'
import { type StartFunctions, startFunctionsRunner } from './functions-runner.ts'
import { keepState, readKeptState } from './kept-state.ts'
import { hasChanges, requireOk } from './operation.ts'
import type { Ports } from './ports.ts'
import { createServiceNow, type ServiceNow, serveServiceNow } from './service-now/index.ts'
import {
  createTwilio,
  type FaultProfile,
  serveTwilio,
  type Twilio,
  type TwilioOptions,
} from './twilio/index.ts'

/** What varies between centres. */
export type CentreOptions = {
  readonly projectDir: string
  readonly stack: string
  /** Where checkpoint and snapshot live. */
  readonly stateDir: string
  readonly clock: Clock
  readonly ports: Pick<Ports, 'console' | 'twilio' | 'functions' | 'serviceNow'>
  /** Connection string of the storage; awaited only when the functions get their settings. */
  readonly storage: Promise<string>
  readonly startFunctions: StartFunctions
  /** What Twilio calls and signs; default: the functions' own address. */
  readonly publicBaseUrl?: string
  readonly runId?: string
  readonly faults?: FaultProfile
  /** Default 60; 0 says everything at once. */
  readonly sayMsPerCharacter?: number
  /** How fast REST may have legs dialled; default one a second, as with a new account. */
  readonly dialsPerSecond?: TwilioOptions['dialsPerSecond']
  readonly random?: () => number
  readonly onEvent?: EngineOptions['onEvent']
}

/** A whole contact centre on this machine: local Twilio, functions, page, and the engine that deploys to them. */
export interface Centre {
  readonly twilio: Twilio
  readonly serviceNow: ServiceNow
  readonly engine: Engine
  readonly changes: OpenChangeDesk
  readonly consoleUrl: string
  readonly twilioUrl: string
  readonly functionsUrl: string
  readonly serviceNowUrl: string
  /** Opens the functions' endpoints for the back office. */
  readonly backOfficeKey: string
  /** Configuration that differs from the stack's file: the addresses. */
  readonly config: Readonly<Record<string, string>>
  deployment(): Deployment | undefined
  /** Brings the stack up and hands its outputs to the functions and the phones; throws `OperationFailed`. */
  deploy(choice?: { readonly refresh?: boolean }): Promise<OperationResult>
  /** Takes over what another process deployed. */
  takeOver(): Promise<void>
  stop(): Promise<void>
}

/** Brings everything up but the stack: `deploy` does that. */
export async function openCentre(options: CentreOptions): Promise<Centre> {
  const { clock, ports, stateDir } = options
  const twilioPath = `${stateDir}/twilio.json`
  const serviceNowPath = `${stateDir}/service-now.json`
  const backOfficeKey = randomBytes(16).toString('hex')
  let functionsUrl = ''
  let deployment: Deployment | undefined

  const twilio = createTwilio({
    clock,
    accountSid: demoAccount.accountSid,
    authToken: demoAccount.authToken,
    random: options.random,
    faults: options.faults,
    sayMsPerCharacter: options.sayMsPerCharacter,
    dialsPerSecond: options.dialsPerSecond,
    origins: () => (options.publicBaseUrl ? { [options.publicBaseUrl]: functionsUrl } : {}),
    restore: await readKeptState(twilioPath),
  })
  const state = keepState(twilio.snapshot, twilioPath)
  const unsubscribe = twilio.subscribe(state.touch)
  const serviceNow = createServiceNow({
    clock,
    ...demoServiceNow,
    onChange: () => incidents.touch(),
    random: options.random,
    rule: () => ({
      url: `${functionsUrl}${routes.execute}`,
      user: 'servicenow',
      password: backOfficeKey,
    }),
    restore: await readKeptState(serviceNowPath),
  })
  const incidents = keepState(serviceNow.snapshot, serviceNowPath)
  const [server, serviceNowServer, functions] = await Promise.all([
    serveTwilio({ twilio: savedAfterWrites(twilio, state.touch), port: ports.twilio }),
    serveServiceNow(serviceNow, ports.serviceNow),
    startFunctionsRunner(options.startFunctions, ports.functions),
  ])
  functionsUrl = functions.origin

  const config = {
    'twilio:baseUrl': server.url,
    'switchboard:publicBaseUrl': options.publicBaseUrl ?? functionsUrl,
  }
  const engine = createEngine({
    projectDir: options.projectDir,
    stack: options.stack,
    stateDir,
    config,
    passphrase: localPassphrase,
    onEvent: options.onEvent,
  })

  let stopping = false
  let operation: Promise<unknown> = Promise.resolve()
  function during(work: Promise<OperationResult>): Promise<OperationResult> {
    operation = work.catch(() => {}) // whoever asked for it hears of it; `stop` only waits
    return work
  }

  async function takeOver(): Promise<void> {
    deployment = readDeployment(await engine.outputs({ showSecrets: true }))
    if (!deployment) return functions.configure({})
    for (const profile of deployment.phoneProfiles) twilio.phones.setProfile(profile)
    await functions.configure({
      ...(deployment.appSettings as Record<string, string>),
      AzureWebJobsStorage: await options.storage,
      BACK_OFFICE_KEY: backOfficeKey,
      SN_API_TABLE_ROOT: `${serviceNowServer.url}/api/now/table/`,
      SN_USER: demoServiceNow.user,
      SN_PASSWORD: demoServiceNow.password,
    })
  }

  async function deploy(choice: { readonly refresh?: boolean } = {}): Promise<OperationResult> {
    const first = deployment === undefined
    const result = await during(engine.up(choice))
    await state.save()
    if (stopping) throw new Failure('stopped', 'The deployment was cut short.')
    // Until the functions are configured, they refuse the events of what is being created: no news to anybody.
    if (first) page.forgetEvents()
    // What did come up is used, also when the rest failed.
    await takeOver()
    return requireOk(result)
  }

  const changes = createChangeDesk({
    async preview() {
      const result = requireOk(await during(engine.preview()))
      // Hours, prompts and the like are no resource: only the settings of the functions change.
      const told = unwrapSecrets(result.outputs)
      const tellsElse = !isDeepStrictEqual(told, await engine.outputs({ showSecrets: true }))
      return { text: renderPlan(result), changes: hasChanges(result) || tellsElse }
    },
    async apply() {
      await deploy()
    },
  })
  const backOffice = createBackOffice(functionsUrl, backOfficeKey)
  const page = createConsole({
    twilio,
    clock,
    account: demoAccount,
    runId: options.runId,
    deployment: () => deployment,
    wrapUps: createWrapUps(backOffice),
    hunts: createHunts(backOffice),
    incidents: createIncidents(backOffice, serviceNow, demoServiceNow),
    takeOver,
    changes,
  })
  const consoleUrl = await page.listen(ports.console)

  return {
    twilio,
    serviceNow,
    engine,
    changes,
    consoleUrl,
    twilioUrl: server.url,
    functionsUrl,
    serviceNowUrl: serviceNowServer.url,
    backOfficeKey,
    config,
    deployment: () => deployment,
    deploy,
    takeOver,
    async stop() {
      stopping = true
      await ended(operation, engine)
      await page.close()
      await functions.stop()
      await Promise.all([server.close(), serviceNowServer.close()])
      unsubscribe()
      await Promise.all([state.save(), incidents.save()])
      twilio.close()
    },
  }
}

/** Cancels what the engine does: what was begun is finished and recorded, nothing new starts. */
async function ended(operation: Promise<unknown>, engine: Engine): Promise<void> {
  // An operation hears of it only once it is under way, so it is told until it ends.
  const insist = setInterval(() => engine.cancel(), 50)
  try {
    await operation
  } finally {
    clearInterval(insist)
  }
}

/** The same Twilio, whose state is saved after each request that may have changed something. */
function savedAfterWrites(twilio: Twilio, touch: () => void): Twilio {
  return {
    ...twilio,
    async fetch(request) {
      try {
        return await twilio.fetch(request)
      } finally {
        if (request.method !== 'GET') touch()
      }
    },
  }
}
