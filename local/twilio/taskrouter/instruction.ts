import type {
  InstructedReservation,
  VoiceForTaskRouter,
  VoiceInstruction,
} from '../instructions.ts'
import type { Parameters } from '../rest/parameters.ts'
import { badRequest, notImplemented } from '../rest/refusal.ts'
import { parseAttributes } from './attributes.ts'
import { checkPending } from './pending.ts'
import type { ReservationRow } from './rows.ts'
import { checkActivity } from './workers.ts'
import { taskView, type Workspace } from './workspace.ts'

// Code of Twilio's debugger for an instruction that does not exist.
const UNKNOWN_INSTRUCTION = 55555

/** Parameters of an instruction, snake case as in a callback's answer. */
export type InstructionParameters = Readonly<Record<string, string>>

/**
 * Carries an instruction out: accepting and rejecting here, what concerns calls by Voice.
 * Throws a `TwilioRefusal` when it can't.
 */
export function instruct(
  workspace: Workspace,
  row: ReservationRow,
  name: string,
  parameters: InstructionParameters,
  voice: VoiceForTaskRouter,
): void {
  switch (name) {
    case 'accept':
      checkPending(row, 'execute Accept instruction')
      workspace.drive({ kind: 'accept-reservation', sid: row.sid })
      return
    case 'reject': {
      checkPending(row, 'execute Reject instruction')
      const activitySid = parameters['activity_sid'] || undefined
      if (activitySid) checkActivity(workspace, activitySid)
      workspace.drive({ kind: 'reject-reservation', sid: row.sid, activitySid })
      return
    }
    case 'dequeue':
    case 'call':
    case 'redirect':
    case 'conference': {
      checkPending(row, `execute ${name.replace(/^./, (c) => c.toUpperCase())} instruction`)
      const instruction: VoiceInstruction = { kind: name, parameters }
      voice.instruct(instructedReservation(workspace, row), instruction)
      return
    }
    case 'supervise':
      throw notImplemented('Instruction=supervise')
    default:
      throw badRequest(`Instruction '${name}' is unknown`, UNKNOWN_INSTRUCTION)
  }
}

/** The same from a reservation update: its parameters have the instruction's name before them, but for conference. */
export function instructByRest(
  workspace: Workspace,
  row: ReservationRow,
  name: string,
  form: Parameters,
  voice: VoiceForTaskRouter,
): void {
  const lowerCase = name.toLowerCase()
  instruct(workspace, row, lowerCase, restParameters(lowerCase, form), voice)
}

/** What Voice needs to know of a reservation. */
export function instructedReservation(
  workspace: Workspace,
  { sid, taskSid, workerSid }: ReservationRow,
): InstructedReservation {
  const task = workspace.tasks.get(taskSid)
  const worker = workspace.workers.get(workerSid)
  return {
    workspaceSid: workspace.sid,
    reservationSid: sid,
    taskSid,
    taskAttributes: task ? taskView(workspace, task).attributes : {},
    workerSid,
    workerAttributes: worker ? parseAttributes(worker.attributes) : {},
    workerFriendlyName: worker?.friendlyName ?? workerSid,
  }
}

const PREFIXES: Readonly<Record<string, string>> = {
  dequeue: 'Dequeue',
  call: 'Call',
  redirect: 'Redirect',
  conference: '',
}

function restParameters(instruction: string, form: Parameters): InstructionParameters {
  const parameters: Record<string, string> = {}
  if (instruction === 'reject') {
    const activitySid = form.text('WorkerActivitySid')
    return activitySid ? { activity_sid: activitySid } : {}
  }
  const prefix = PREFIXES[instruction]
  if (prefix === undefined) return parameters
  for (const [name, value] of form.entries()) {
    if (!name.startsWith(prefix) || name === 'Instruction') continue
    const key = snakeCase(name.slice(prefix.length))
    const known = parameters[key]
    // A repeated name, such as the events of a callback, becomes a comma list as in a callback's answer.
    parameters[key] = known === undefined ? value : `${known},${value}`
  }
  return parameters
}

// `StatusCallbackEvent` is `status_callback_events` in a callback's answer.
function snakeCase(name: string): string {
  const snake = name.replaceAll(/(?!^)([A-Z])/g, '_$1').toLowerCase()
  return snake.endsWith('callback_event') ? `${snake}s` : snake
}
