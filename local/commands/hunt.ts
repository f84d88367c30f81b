import { setTimeout as sleep } from 'node:timers/promises'
import { type HuntView, huntList, huntView, routes } from '../../schemas/index.ts'
import { type ConsoleState, createBackOffice, createHunts } from '../console/index.ts'
import { demoAccount } from '../demo-account.ts'
import { Failure, UsageError } from '../failure.ts'
import { runFile } from '../paths.ts'
import { type Run, requireRun } from '../run-file.ts'
import { onStopSignal } from '../stop-signal.ts'
import { type Command, numberFlag, parseFlags } from './command.ts'
import { callCustomer } from './customer.ts'
import { followHunt, huntExit } from './hunt-life.ts'
import { parseTiers, type TierFlag } from './hunt-tiers.ts'
import { type Live, openLive } from './live.ts'
import { lookMs, patiently } from './patience.ts'
import { answerAtDesk } from './unattended-desk.ts'

const help = `npm run hunt -- [flags]

Calls a customer into a conference of the running centre, offers a seat in it to agents, tier by tier, and prints what
happens line by line. Agents whose desk nobody took on the page answer as their phones do (“phone” in Pulumi.local.yaml):
who would answer a call accepts, who would decline it rejects, the others do not react.

  --group <name>          a declared hunt group (default: the first)
  --tiers <tiers>         tiers of its own: "alice,carmen@10s / diego@20s" (5 to 3600 s, default 20)
  --reason <text>         what the agents are told
  --customer <number>     whom to call (default ${demoAccount.callerNumber})
  --hang-up-after <s>     seconds of talking, or after a hunt in vain, after which the customer hangs up (default 8)

Ctrl-C cancels the hunt. Ends with ${huntExit.joined} when somebody joined, with ${huntExit.nobody} when nobody did, with ${huntExit.interrupted} when it was cancelled by
Ctrl-C, and with ${huntExit.failed} when it could not be carried out.`

/** `npm run hunt`: a hunt from the command line. */
export const huntCommand: Command = {
  help,
  async run(args) {
    const { values } = parseFlags('hunt', args, {
      group: { type: 'string' },
      tiers: { type: 'string' },
      reason: { type: 'string' },
      customer: { type: 'string', default: demoAccount.callerNumber },
      'hang-up-after': { type: 'string' },
    })
    if (values.group !== undefined && values.tiers !== undefined) {
      throw new UsageError('hunt', '--group and --tiers exclude each other')
    }
    if (!/^\+[1-9][0-9]{1,14}$/.test(values.customer)) {
      const example = demoAccount.callerNumber
      throw new UsageError(
        'hunt',
        `--customer must be a number such as ${example}, not “${values.customer}”`,
      )
    }
    const limits = { min: 0, max: 3_600 }
    const talkSeconds = numberFlag('hunt', 'hang-up-after', values['hang-up-after'], limits) ?? 8
    const tiers = values.tiers === undefined ? undefined : parseTiers(values.tiers)
    const run = await requireRun(runFile)
    const live = openLive(run.consoleUrl)
    try {
      const state = await watchState(live)
      const from = state().view.numbers[0]?.phoneNumber
      if (!from) throw new Failure('no-number', 'The centre has no number yet.', 'Try: npm run up')
      const whom = tiers ? { tiers: withSids(tiers, state()) } : groupOf(values.group, state())
      const { customer, reason } = values
      return await hunt({ run, state, from, customer, talkSeconds, offer: { ...whom, reason } })
    } finally {
      live.close()
    }
  },
}

type Hunting = {
  readonly run: Run
  readonly state: () => ConsoleState
  readonly from: string
  readonly customer: string
  readonly talkSeconds: number
  /** Whom the seat is offered to, as `POST /hunts` takes it. */
  readonly offer: object
}

async function hunt(hunting: Hunting): Promise<number> {
  const { run, state, from, customer: to, talkSeconds, offer } = hunting
  const backOffice = createBackOffice(run.functionsUrl, run.backOfficeKey)
  const hunts = createHunts(backOffice)
  const conference = `customer-${Date.now().toString(36)}`
  const publicBaseUrl = run.config['switchboard:publicBaseUrl'] ?? run.functionsUrl
  const { twilioUrl } = run
  const customer = await callCustomer({ twilioUrl, publicBaseUrl, conference, from, to })
  console.log(`${from} calls the customer ${to} into conference ${conference}`)
  let id: string | undefined
  let interrupted = false
  const cancel = async () => {
    await patiently(() => hunts.cancel(id ?? '', 'cancelled by Ctrl-C'))
  }
  onStopSignal(
    () => {
      interrupted = true
      // What comes of it is printed as of any other end.
      if (id)
        cancel().catch((error) => console.error(`The hunt is not cancelled: ${reasonOf(error)}`))
      else void customer.hangUp()
    },
    () => process.exit(huntExit.interrupted),
  )
  try {
    await customer.answered()
    const request = { conference, customerCallSid: customer.callSid, ...offer }
    const started = await backOffice.ask('start the hunt', routes.hunts, {
      ...{ ...request, createdBy: 'npm run hunt' },
    })
    id = huntView.parse(started).id
    if (interrupted) await cancel()
    const huntId = id
    return await followHunt({
      look: () => patiently(() => look(huntId, backOffice)),
      print: (line) => console.log(line),
      desk: (workerSid) => deskOf(workerSid, state()),
      answer: async (workerSid, answer) => {
        await patiently(() => hunts.answerOffer(huntId, workerSid, answer))
      },
      now: Date.now,
      pause: () => sleep(lookMs),
      customer: { ...customer, isThere: () => patiently(customer.isThere) },
      talkSeconds,
      interrupted: () => interrupted,
    })
  } finally {
    await customer.hangUp()
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

async function look(id: string, backOffice: ReturnType<typeof createBackOffice>) {
  const list = huntList.parse(await backOffice.ask('list the hunts', routes.hunts))
  const path = routes.hunt.replace('{id}', id)
  const hunt: HuntView = huntView.parse(await backOffice.ask('read the hunt', path))
  return { hunt, open: list.hunts.some((one) => one.id === id) }
}

/** Resolves, with the first state, to what always tells the latest. */
async function watchState({ messages }: Live): Promise<() => ConsoleState> {
  let latest: ConsoleState | undefined
  const first = Promise.withResolvers<void>()
  void (async () => {
    for await (const message of messages) {
      if (message.kind === 'state') latest = message.state
      if (latest) first.resolve()
    }
    first.resolve()
  })()
  await first.promise
  return () => {
    if (!latest) throw new Failure('centre-away', 'The centre went away.')
    return latest
  }
}

function deskOf(workerSid: string, { view, attended, phoneProfiles }: ConsoleState) {
  const address = view.workers.find(({ sid }) => sid === workerSid)?.contactUri
  if (!address || attended.includes(address)) return undefined
  return answerAtDesk(address, phoneProfiles)
}

function withSids(tiers: readonly TierFlag[], { view }: ConsoleState) {
  return tiers.map(({ seconds, workers }) => ({
    seconds,
    workers: workers.map((name) => {
      const found = view.workers.find(({ friendlyName }) => friendlyName === name)
      if (found) return found.sid
      const known = view.workers.map(({ friendlyName }) => friendlyName).join(', ') || 'none'
      throw new UsageError('hunt', `--tiers names “${name}”; workers are: ${known}`)
    }),
  }))
}

function groupOf(name: string | undefined, { huntGroups }: ConsoleState): { group: string } {
  const known = huntGroups.join(', ') || 'none; switchboard:huntGroups declares them'
  const group = name ?? huntGroups[0]
  if (group === undefined) {
    throw new UsageError('hunt', 'The stack declares no hunt group; --tiers needs none')
  }
  if (!huntGroups.includes(group)) {
    throw new UsageError('hunt', `There is no hunt group “${group}”; declared: ${known}`)
  }
  return { group }
}
