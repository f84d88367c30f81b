import { executionContext, executionPage, executionResource } from '../../schemas/index.ts'
import type { Services } from '../services.ts'
import { TwilioRefusal } from '../twilio/rest.ts'
import { fromOf, hangUpCalls } from './calls.ts'
import { type Attempt, attemptKey, type Incident, type Outcome } from './incident.ts'
import type { IncidentEvent } from './step.ts'

/** Calls the person: one execution of the flow `find-agent`. */
export async function startExecution(
  hunt: Incident,
  attempt: Attempt,
  services: Services,
): Promise<IncidentEvent[]> {
  const { number } = attempt
  const entry = hunt.people[attempt.person]?.entry
  if (!entry) return [{ kind: 'outcome', number, outcome: 'failed' }]
  const form = {
    To: entry.phone_no,
    From: fromOf(services),
    Parameters: JSON.stringify({
      selected_agent: { name: entry.name, phone_no: entry.phone_no, role: entry.role },
      action: 'call_support',
      index: hunt.index,
      escalation_index: hunt.escalationIndex,
      sys_id: hunt.id,
      ticket_no: hunt.ticketNo,
      attempt: attemptKey(hunt, number),
    }),
  }
  try {
    const { body } = await services.twilio.post(executions(services), form, { creates: true })
    return [{ kind: 'execution', number, sid: executionResource.parse(body).sid }]
  } catch (error) {
    if (!(error instanceof TwilioRefusal)) throw error
    // The person has an execution already: ours, whose answer was lost, or that of another incident.
    if (error.status === 409) {
      const found = await findExecution(hunt, attempt, services)
      return found.map((event) =>
        event.kind === 'no-execution' ? { ...event, refused: true } : event,
      )
    }
    // The number is not one that can be called.
    if (error.status === 400) return [{ kind: 'outcome', number, outcome: 'failed' }]
    throw error
  }
}

/** Looks for an execution whose creation was not answered, also one that has ended. */
export async function findExecution(
  hunt: Incident,
  attempt: Attempt,
  services: Services,
): Promise<IncidentEvent[]> {
  const { number } = attempt
  const key = attemptKey(hunt, number)
  const phone = hunt.people[attempt.person]?.entry.phone_no
  // Twilio's clock may be a little behind ours. An active one of another hunt may be older.
  const query = new URLSearchParams({ PageSize: '200' })
  const { body } = await services.twilio.get(`${executions(services)}?${query}`)
  const own = executionPage
    .parse(body)
    .executions.filter(({ contact_channel_address: contact }) => contact === phone)
  for (const { sid, date_created: created } of own) {
    if (Date.parse(created) < attempt.begunAt - clockSkewMs) continue
    const known = await readContext(sid, services)
    if (known?.sysId === hunt.id && known.attempt === key)
      return [{ kind: 'execution', number, sid }]
  }
  const other = own.find(({ status }) => status === 'active')
  if (!other) return [{ kind: 'no-execution', number }]
  if (services.now() - Date.parse(other.date_created) < stuckMs) {
    return [{ kind: 'outcome', number, outcome: 'occupied' }]
  }
  await endExecution(other.sid, services)
  return [{ kind: 'no-execution', number }]
}

const freshMs = 60_000
const clockSkewMs = 120_000
// No attempt lasts that long: an execution that does has lost its call, and would keep its person from every later one.
const stuckMs = 600_000

/** What became of a call: still going on, or how it ended. */
export async function lookAtExecution(
  { number, executionSid, begunAt }: Attempt,
  services: Services,
): Promise<IncidentEvent[]> {
  const execution = await readExecution(executionSid ?? '', services)
  // What was created just now may not be found everywhere yet.
  const isFresh = services.now() - begunAt < freshMs
  if (execution?.status === 'active' || (!execution && isFresh))
    return [{ kind: 'still-active', number }]
  const known = execution && (await readContext(execution.sid, services))
  return [{ kind: 'outcome', number, outcome: known?.outcome ?? 'failed' }]
}

/** Ends the attempt: its execution, and the call if it rings or was answered. What was decided before that stands. */
export async function stopAttempt(
  hunt: Incident,
  attempt: Attempt,
  services: Services,
): Promise<IncidentEvent[]> {
  const { number, executionSid } = attempt
  if (executionSid !== null) {
    const before = await readContext(executionSid, services)
    await endExecution(executionSid, services)
    await hangUpCalls(hunt, attempt, before?.callSid, services)
  }
  const known = executionSid === null ? undefined : await readContext(executionSid, services)
  return [{ kind: 'outcome', number, outcome: known?.outcome ?? 'failed' }]
}

/** An execution as Twilio has it; undefined when it is gone. */
export async function readExecution(sid: string, services: Services) {
  const answer = await unlessGone(() => services.twilio.get(`${executions(services)}/${sid}`))
  return answer && { ...executionResource.parse(answer.body) }
}

/** What an execution was started with, and what was decided in it; undefined when it is gone. */
export async function readContext(sid: string, services: Services): Promise<Known | undefined> {
  const path = `${executions(services)}/${sid}/Context`
  const answer = await unlessGone(() => services.twilio.get(path))
  if (!answer) return undefined
  const { trigger, flow, widgets } = executionContext.parse(answer.body).context
  const parameters = trigger?.request?.parameters ?? {}
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
  const call = widgets?.call_agent
  return {
    sysId: text(parameters['sys_id']),
    attempt: text(parameters['attempt']),
    outcome: outcomeOf(flow?.variables?.['outcome'], call !== undefined),
    callSid: call?.CallSid,
  }
}

/** What of an execution's context is of interest. */
export type Known = {
  readonly sysId: string | undefined
  readonly attempt: string | undefined
  /** Undefined while nothing was decided, or when the call was gone before. */
  readonly outcome: Outcome | undefined
  readonly callSid: string | undefined
}

// `studio-flows/find-agent.ts` sets the variable `outcome` to one of these words.
const outcomes: readonly Outcome[] = [
  'accepted',
  'next',
  'escalate',
  'otherKey',
  'silence',
  'busy',
  'noAnswer',
  'failed',
  'machine',
]

function outcomeOf(variable: unknown, wasAnswered: boolean): Outcome | undefined {
  const known = outcomes.find((one) => one === variable)
  // Somebody answered and was gone before the menu was over.
  return known ?? (wasAnswered ? 'hungUp' : undefined)
}

async function endExecution(sid: string, { settings, twilio }: Services): Promise<void> {
  try {
    await twilio.post(`${executions({ settings })}/${sid}`, { Status: 'ended' })
  } catch (error) {
    // Over already.
    if (!(error instanceof TwilioRefusal) || ![400, 404, 409].includes(error.status)) throw error
  }
}

async function unlessGone<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call()
  } catch (error) {
    if (error instanceof TwilioRefusal && error.status === 404) return undefined
    throw error
  }
}

function executions({ settings }: Pick<Services, 'settings'>): string {
  return `studio.twilio.com/v2/Flows/${settings.app.FLOW_SID}/Executions`
}
