import { setTimeout as sleep } from 'node:timers/promises'
import { defineSchema, type IncidentView, incidentView, routes, Type } from '../../schemas/index.ts'
import { type BackOffice, CommandRefused, createBackOffice } from '../console/index.ts'
import { demoServiceNow } from '../demo-account.ts'
import { Failure, UsageError } from '../failure.ts'
import { runFile } from '../paths.ts'
import { type Run, requireRun } from '../run-file.ts'
import { onStopSignal } from '../stop-signal.ts'
import { type Command, parseFlags } from './command.ts'
import { lookMs, patiently } from './patience.ts'

const exits = { accepted: 0, failed: 1, nobody: 3, interrupted: 130 } as const

const help = `npm run incident -- [flags]

Creates an incident in the local ServiceNow and prints what becomes of it, line by line. Of an incident of priority 1
ServiceNow tells the centre, which calls those on the roster (switchboard:incidents in Pulumi.local.yaml, where “phone”
says what each of them does) until somebody accepts it.

  --priority <1-5>        default 1; no other priority starts a hunt
  --description <text>    its short description (default “Payments are down”)

Ctrl-C cancels the incident, which ends the hunt. Ends with ${exits.accepted} when somebody accepted, with ${exits.nobody} when nobody did, with
${exits.interrupted} when it was cancelled by Ctrl-C, and with ${exits.failed} when no hunt came of it.`

/** `npm run incident`: an incident from the command line. */
export const incidentCommand: Command = {
  help,
  async run(args) {
    const { values } = parseFlags('incident', args, {
      priority: { type: 'string', default: '1' },
      description: { type: 'string', default: 'Payments are down' },
    })
    const made = impactAndUrgency[values.priority]
    if (!made) {
      throw new UsageError('incident', `--priority must be 1 to 5, not “${values.priority}”`)
    }
    const run = await requireRun(runFile)
    const [impact, urgency] = made
    const fields = { short_description: values.description, impact, urgency }
    const { sys_id: id, number } = await askServiceNow(run, 'POST', 'incident', fields)
    console.log(`${number} (${values.description}) is created with priority ${values.priority}`)
    if (values.priority !== '1') {
      console.log('No hunt starts: ServiceNow’s rule is for priority 1')
      return exits.accepted
    }
    return follow(id, number, run)
  },
}

const impactAndUrgency: Readonly<Record<string, readonly [string, string]>> = {
  1: ['1', '1'],
  2: ['1', '2'],
  3: ['2', '2'],
  4: ['2', '3'],
  5: ['3', '3'],
}

// The rule tries for half a minute to reach the functions.
const startsWithinMs = 45_000

async function follow(id: string, number: string, run: Run): Promise<number> {
  const backOffice = createBackOffice(run.functionsUrl, run.backOfficeKey)
  let interrupted = false
  onStopSignal(
    () => {
      interrupted = true
      askServiceNow(run, 'PUT', `incident/${id}`, { state: '8' }).catch((error) =>
        console.error(String(error)),
      )
    },
    () => process.exit(exits.interrupted),
  )
  const until = Date.now() + startsWithinMs
  let printed = 0
  let started = false
  let waits = false
  for (;;) {
    // Asked before the hunt is looked for: what the rule was answered then has had its effect.
    const answered = started || (await patiently(() => hasWorkNotes(id, run)))
    const hunt = await patiently(() => readHunt(id, backOffice))
    started ||= hunt !== undefined
    for (const { at, text } of hunt?.timeline.slice(printed) ?? []) {
      console.log(`${new Date(at).toLocaleTimeString('en-GB')}  ${text}`)
    }
    printed = hunt?.timeline.length ?? 0
    if (hunt && hunt.state !== 'hunting' && isWritten(hunt)) {
      await printJournal(id, number, run)
      if (hunt.state === 'accepted') return exits.accepted
      return interrupted ? exits.interrupted : exits.nobody
    }
    if (!waits && hunt?.notes.some(({ phase }) => phase === 'parked')) {
      waits = true
      console.log('ServiceNow does not take notes: they are parked, and written when it does')
    }
    if (!hunt && (interrupted || answered || Date.now() > until)) {
      await printJournal(id, number, run)
      throw new Failure(
        'no-hunt',
        'No hunt came of the incident.',
        'Its journal says what the functions answered; switchboard:incidents declares the hunt.',
      )
    }
    await sleep(lookMs)
  }
}

function isWritten({ notes }: IncidentView): boolean {
  return notes.every(({ phase }) => phase === 'written' || phase === 'refused')
}

async function readHunt(id: string, backOffice: BackOffice): Promise<IncidentView | undefined> {
  try {
    const path = routes.incidentHunt.replace('{id}', id)
    return incidentView.parse(await backOffice.ask('read the hunt', path))
  } catch (error) {
    if (error instanceof CommandRefused && error.status === 404) return undefined
    throw error
  }
}

/** The rule writes what the functions answered. */
async function hasWorkNotes(id: string, run: Run): Promise<boolean> {
  const path = `incident/${id}?sysparm_display_value=true`
  return (await askServiceNow(run, 'GET', path)).work_notes !== ''
}

/** What people read in ServiceNow about it, the oldest first. */
async function printJournal(id: string, number: string, run: Run): Promise<void> {
  const path = `incident/${id}?sysparm_display_value=true`
  const { state, work_notes, comments } = await patiently(() => askServiceNow(run, 'GET', path))
  console.log(`\n${number} in ServiceNow: ${state}`)
  const entries = `${work_notes}${comments}`.split(/\n\n/).filter(Boolean).sort()
  for (const entry of entries) console.log(`  ${entry.replaceAll('\n', '\n    ')}`)
}

const incidentResult = defineSchema(
  'ServiceNow’s answer',
  Type.Object({
    result: Type.Object(
      {
        sys_id: Type.String(),
        number: Type.String(),
        state: Type.String(),
        work_notes: Type.String(),
        comments: Type.String(),
      },
      { additionalProperties: true },
    ),
  }),
)

async function askServiceNow(run: Run, method: string, path: string, fields?: object) {
  const { user, password } = demoServiceNow
  const response = await fetch(`${run.serviceNowUrl}/api/now/table/${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: fields && JSON.stringify(fields),
    signal: AbortSignal.timeout(10_000),
  })
  if (!response.ok) {
    throw new Failure('service-now', `ServiceNow answered ${response.status} to ${method} ${path}.`)
  }
  return incidentResult.parse(await response.json()).result
}
