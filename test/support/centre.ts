import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import twilioSdk from 'twilio'
import { createRequestClient } from '../../functions/twilio-client.ts'
import { type Centre, openCentre } from '../../local/centre.ts'
import { type Clock, createTestClock, type TestClock } from '../../local/clock.ts'
import { demoAccount } from '../../local/demo-account.ts'
import { createFunctionsHost } from '../../local/host/index.ts'
import { projectDir } from '../../local/paths.ts'
import { portsFrom } from '../../local/ports.ts'
import { azuriteConnection, uniquePrefix } from './azurite.ts'
import { createQuietLog } from './quiet-log.ts'

/** A whole centre in the test's own process, the stack `local` deployed to it. */
export type TestCentre<C extends Clock = TestClock> = Centre & {
  readonly clock: C
  /** The official SDK, talking to the local Twilio. */
  readonly sdk: ReturnType<typeof twilioSdk>
  readonly stateDir: string
  /** The functions as the back office calls them. */
  readonly backOffice: BackOffice
  /** What happened since the start, one sentence each. */
  readonly story: readonly string[]
}

/** Calls the functions with the key of the back office; the answer is parsed. */
export type BackOffice = <Body = unknown>(
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
) => Promise<{ readonly status: number; readonly body: Body }>

/** What varies between test centres. */
export type TestCentreOptions<C extends Clock> = {
  readonly clock: C
  /** Default: this project. */
  readonly projectDir?: string
  /** A state to go on from, which is then left on disk; default: a new one, removed at the end. */
  readonly stateDir?: string
  /** Default 0: everything is said at once. */
  readonly sayMsPerCharacter?: number
  /** Default true. */
  readonly deploy?: boolean
}

// Another address than the one that is connected to, as behind a tunnel or a proxy.
const publicBaseUrl = 'https://calls.example.com'

/** Starts a centre on a clock that the test moves. */
export function startCentre(
  options: Partial<TestCentreOptions<TestClock>> = {},
): Promise<TestCentre> {
  return startCentreOn({ clock: createTestClock(), ...options })
}

/** Starts a centre on any clock. */
export async function startCentreOn<C extends Clock>(
  options: TestCentreOptions<C>,
): Promise<TestCentre<C>> {
  const { clock } = options
  const stateDir = options.stateDir ?? (await mkdtemp(join(tmpdir(), 'centre-')))
  const storePrefix = uniquePrefix()
  const story: string[] = []
  let key = ''
  const centre = await openCentre({
    projectDir: options.projectDir ?? projectDir,
    stack: 'local',
    stateDir,
    clock,
    ports: portsFrom(0),
    publicBaseUrl,
    storage: azuriteConnection(),
    sayMsPerCharacter: options.sayMsPerCharacter ?? 0,
    async startFunctions(environment, port) {
      const configured = Object.keys(environment).length > 0
      key = environment['BACK_OFFICE_KEY'] ?? ''
      const host = await createFunctionsHost({
        environment: configured ? { ...environment, STORE_PREFIX: storePrefix } : {},
        port,
        clock,
        log: createQuietLog(),
      })
      return { origin: host.origin, stop: () => host.close() }
    },
  })
  centre.twilio.subscribe(({ text }) => story.push(text))
  if (options.deploy !== false) await centre.deploy()
  return {
    ...centre,
    clock,
    stateDir,
    story,
    async backOffice(method, path, body) {
      const answer = await fetch(centre.functionsUrl + path, {
        method,
        headers: { 'x-functions-key': key },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return { status: answer.status, body: JSON.parse((await answer.text()) || 'null') }
    },
    sdk: twilioSdk(demoAccount.accountSid, demoAccount.authToken, {
      httpClient: createRequestClient(centre.twilioUrl),
    }),
    async stop() {
      await centre.stop()
      if (!options.stateDir) await rm(stateDir, { recursive: true, force: true })
    },
  }
}
