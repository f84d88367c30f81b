import type { Context } from '../context.ts'
import type { VoiceForTaskRouter } from '../instructions.ts'
import { TwilioRefusal } from '../rest/refusal.ts'
import type { WebhookResult } from '../webhooks/webhooks.ts'
import { taskData } from './event-data.ts'
import { type InstructionParameters, instruct } from './instruction.ts'
import type { ReservationRow, WorkflowRow } from './rows.ts'
import { taskView, type Workspace } from './workspace.ts'

// An instruction counts only if it comes within this time.
const BUDGET_MS = 5_000

// Codes of the debugger for an instruction whose reservation is no longer pending.
const LATE: Readonly<Record<string, number>> = { dequeue: 40135, conference: 40136 }

/** What carrying out assignment callbacks needs. */
export type AssignmentOptions = {
  readonly context: Context
  readonly voice: VoiceForTaskRouter
}

/**
 * Asks the workflow's application what to do with a new reservation, and does it. With no address set the reservation
 * waits for the API; with both addresses dead it is canceled.
 */
export async function callBackAssignment(
  options: AssignmentOptions,
  workspace: Workspace,
  reservationSid: string,
): Promise<void> {
  const { context } = options
  const row = workspace.reservations.get(reservationSid)
  const task = row && workspace.tasks.get(row.taskSid)
  const workflow = task && workspace.workflows.get(task.view.workflowSid)
  if (!row || !workflow?.assignmentCallbackUrl) return
  const fields = fieldsOf(context, workspace, row, workflow)
  const urls = [workflow.assignmentCallbackUrl, workflow.fallbackAssignmentCallbackUrl]
  let failure: { readonly code: number; readonly text: string } | undefined
  for (const url of urls) {
    if (url === null) continue
    const result = await context.webhooks.send({
      purpose: failure ? 'fallback assignment callback' : 'assignment callback',
      url,
      fields: failure ? { ...fields, ...errorFields(failure.code) } : fields,
      budgetMs: BUDGET_MS,
      about: { taskSid: row.taskSid, workerSid: row.workerSid },
    })
    failure = failureOf(result)
    if (!failure) {
      obey(options, workspace, row, result)
      return
    }
    alert(options, row, failure.code, `assignment callback ${url}: ${failure.text}`)
  }
  const current = workspace.reservations.get(row.sid)
  if (current?.status === 'pending') workspace.drive({ kind: 'cancel-reservation', sid: row.sid })
}

function failureOf(result: WebhookResult): { code: number; text: string } | undefined {
  if (result.kind === 'failed') return { code: result.code, text: result.reason }
  const { status, body, contentType } = result
  if (status === 204) return undefined
  if (status !== 200) return { code: 11200, text: `answered ${status} instead of 200` }
  if (body.trim() !== '' && contentType !== 'application/json') {
    return { code: 11200, text: `answered ${contentType || 'no content type'} instead of JSON` }
  }
  return undefined
}

/** Does what the answer says. An empty one means “I decide later”. */
function obey(
  options: AssignmentOptions,
  workspace: Workspace,
  row: ReservationRow,
  result: WebhookResult,
): void {
  const text = result.kind === 'answered' ? result.body.trim() : ''
  if (text === '') return
  const answer = parseAnswer(text)
  if (!answer?.instruction) {
    alert(options, row, 40005, 'the assignment callback’s answer holds no instruction')
    return
  }
  const current = workspace.reservations.get(row.sid)
  if (!current) return
  try {
    instruct(workspace, current, answer.instruction, answer.parameters, options.voice)
  } catch (error) {
    if (!(error instanceof TwilioRefusal)) throw error
    // What goes wrong here has no caller to be told: it goes to the debugger.
    const late = current.status === 'pending' ? undefined : LATE[answer.instruction]
    alert(options, row, late ?? error.code, error.message)
  }
}

function parseAnswer(
  text: string,
): { instruction: string | undefined; parameters: InstructionParameters } | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const { instruction, ...others } = value as Record<string, unknown>
  const parameters: Record<string, string> = {}
  for (const [name, parameter] of Object.entries(others)) {
    if (parameter === null || parameter === undefined) continue
    parameters[name] =
      typeof parameter === 'object' && !Array.isArray(parameter)
        ? JSON.stringify(parameter)
        : String(parameter)
  }
  return { instruction: typeof instruction === 'string' ? instruction : undefined, parameters }
}

function fieldsOf(
  { clock, accountSid }: Context,
  workspace: Workspace,
  row: ReservationRow,
  workflow: WorkflowRow,
): Record<string, string> {
  const now = clock.now()
  const task = workspace.tasks.get(row.taskSid)
  const worker = workspace.workers.get(row.workerSid)
  if (!task) return {}
  const data = taskData(workspace, taskView(workspace, task), now)
  return {
    Timestamp: String(Math.floor(now / 1000)),
    AccountSid: accountSid,
    WorkspaceSid: workspace.sid,
    WorkflowSid: workflow.sid,
    TaskQueueSid: data['task_queue_sid'] ?? '',
    TaskQueueName: data['task_queue_name'] ?? '',
    WorkerSid: row.workerSid,
    WorkerName: worker?.friendlyName ?? '',
    WorkerAttributes: worker?.attributes ?? '{}',
    TaskSid: row.taskSid,
    TaskAttributes: task.attributes,
    TaskAge: data['task_age'] ?? '0',
    TaskPriority: data['task_priority'] ?? '0',
    TaskChannelSid: data['task_channel_sid'] ?? '',
    TaskChannelUniqueName: data['task_channel_unique_name'] ?? '',
    ReservationSid: row.sid,
  }
}

function errorFields(code: number): Record<string, string> {
  return { ErrorCode: String(code), ErrorUrl: `https://www.twilio.com/docs/errors/${code}` }
}

function alert(
  { context }: AssignmentOptions,
  { taskSid, workerSid }: ReservationRow,
  code: number,
  text: string,
): void {
  context.alerts.add(code, text, { taskSid, workerSid })
}
