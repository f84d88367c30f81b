import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import type { Centre } from '../centre.ts'
import { createWallClock } from '../clock.ts'
import { demoAccount } from '../demo-account.ts'
import { Failure } from '../failure.ts'
import { functionsInChild } from '../functions-child.ts'
import { type KeptAzurite, keepAzurite } from '../kept-azurite.ts'
import { localStateDir, projectDir, runFile } from '../paths.ts'
import { assertPortsFree } from '../ports.ts'
import { createProgress, type Progress } from '../progress.ts'
import { findRun, removeRun, wasCutOff, writeRun } from '../run-file.ts'
import { onStopSignal } from '../stop-signal.ts'
import type { Command } from './command.ts'
import { offerChanges } from './offer-changes.ts'
import { readStartFlags, type StartFlags, startHelp } from './start-flags.ts'

/** `npm start`: the whole centre. */
export const startCommand: Command = {
  help: startHelp,
  async run(args) {
    const flags = await readStartFlags(args)
    const other = await findRun(runFile)
    if (other) {
      throw new Failure(
        'already-running',
        `A centre already runs here, as process ${other.pid}: ${other.consoleUrl}`,
        'Use that one, or stop it first with Ctrl-C where it was started.',
      )
    }
    if (flags.fresh) await rm(localStateDir, { recursive: true, force: true })
    await assertPortsFree(flags.ports)
    return runCentre(flags)
  },
}

async function runCentre(flags: StartFlags): Promise<number> {
  console.log('Switchboard comes up')
  const progress = createProgress((line) => console.log(line), flags.timings)
  const cutOff = await wasCutOff(runFile)
  const runId = randomUUID()
  const asked = untilAskedToStop()
  const logFile = `${localStateDir}/functions.log`

  const starting = keepAzurite(flags.ports, `${localStateDir}/azurite`, console.log)
  const azurite = progress.phase('Storage (Azurite)', starting)
  const storage = azurite.then(({ connectionString }) => connectionString)
  storage.catch(() => {}) // waited for below; the centre may fail before
  // Loading the engine takes a while, in which Azurite comes up.
  const { openCentre } = await import('../centre.ts')
  let centre: Centre | undefined
  let offer: { close(): void } | undefined
  try {
    centre = await progress.phase(
      'Local Twilio, functions host and page',
      openCentre({
        projectDir,
        stack: 'local',
        stateDir: localStateDir,
        clock: createWallClock(),
        ports: flags.ports,
        storage,
        startFunctions: functionsInChild(logFile, (text) => console.log(text)),
        runId,
        faults: flags.faults,
      }),
    )
    await writeRun(runFile, {
      pid: process.pid,
      runId,
      startedAt: new Date().toISOString(),
      consoleUrl: centre.consoleUrl,
      twilioUrl: centre.twilioUrl,
      functionsUrl: centre.functionsUrl,
      serviceNowUrl: centre.serviceNowUrl,
      backOfficeKey: centre.backOfficeKey,
      config: centre.config,
    })
    if (cutOff) progress.note('The last run was cut off: looking again at what exists.')
    if (!asked.happened()) {
      await Promise.race([deploy(centre, azurite, progress, cutOff), asked])
    }
    if (!asked.happened()) {
      console.log(whereEverythingIs(centre, progress.elapsedMs()))
      offer = offerChanges(centre.changes, projectDir, process.stdin, (text) => console.log(text))
    }
    await asked
    console.log('\nStopping …')
    return 0
  } finally {
    offer?.close()
    await centre?.stop()
    await azurite.then(
      (running) => running.stop(),
      () => {},
    )
    await removeRun(runFile)
  }
}

/** A program that does not come up leaves the rest running: the next save is previewed and can be applied. */
async function deploy(
  centre: Centre,
  azurite: Promise<KeptAzurite>,
  progress: Progress,
  refresh: boolean,
): Promise<void> {
  await azurite
  try {
    await progress.phase('Stack “local”', centre.deploy({ refresh }))
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    console.error(error.message)
  }
}

type Asked = Promise<void> & { happened(): boolean }

/** Resolves at the first Ctrl-C; a second one ends everything at once. */
function untilAskedToStop(): Asked {
  let happened = false
  const asked = new Promise<void>((resolve) => {
    onStopSignal(
      () => {
        happened = true
        resolve()
      },
      // The children notice that this process is gone, and end too.
      () => process.exit(130),
    )
  })
  return Object.assign(asked, { happened: () => happened })
}

function whereEverythingIs(centre: Centre, elapsedMs: number): string {
  const number = centre.twilio.view().numbers[0]?.phoneNumber ?? 'none yet'
  const headline = centre.deployment()
    ? `Switchboard is up (${(elapsedMs / 1000).toFixed(1)} s).`
    : 'Everything runs, but the stack is not up. Mend the program and save it, or try again: npm run up'
  return `
${headline}

  Page            ${centre.consoleUrl}
  Local Twilio    ${centre.twilioUrl}   (TWILIO_BASE_URL; each host below it: ${centre.twilioUrl}/taskrouter.twilio.com/v1/…)
  Functions       ${centre.functionsUrl}/healthz
  Account SID     ${demoAccount.accountSid}
  Auth token      ${demoAccount.authToken}
  Number to call  ${number}

Try, in another terminal:
  npm run call                        an English call: tier 1 lets it ring, tier 2 answers
  npm run call -- --digits 1          the same in Spanish
  npm run hunt                        a customer for whom an agent is hunted, tier by tier
  npm run incident                    an incident of priority 1, for which an engineer is called
  npm run preview                     what a change of infra/ would do; saving a file shows it here, too

Ctrl-C stops everything.
`
}
