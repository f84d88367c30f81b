import type { Command } from '../../../routing/index.ts'
import type { VoiceForTaskRouter } from '../instructions.ts'
import { isoDate } from '../rest/date.ts'
import { checkIfMatch, etag } from '../rest/etag.ts'
import { pageV1 } from '../rest/paging.ts'
import { badRequest } from '../rest/refusal.ts'
import { type Call, ok, pathPart } from '../rest/route.ts'
import { instructByRest } from './instruction.ts'
import { checkPending, checkStatus } from './pending.ts'
import { part, type Registry, refuseMissing } from './registry.ts'
import type { ReservationRow } from './rows.ts'
import { checkActivity } from './workers.ts'
import type { Workspace } from './workspace.ts'

/** Which of the two views of a reservation is meant; their addresses differ. */
type View = { readonly owner: 'Tasks' | 'Workers'; readonly sid: string }

const STATUSES = [
  'pending',
  'accepted',
  'rejected',
  'timeout',
  'canceled',
  'rescinded',
  'wrapping',
  'completed',
] as const

/** `/Tasks/{TaskSid}/Reservations` and `/Workers/{WorkerSid}/Reservations`, two views of the same objects. */
export function createReservations(registry: Registry, voice: VoiceForTaskRouter) {
  return {
    list(call: Call) {
      const workspace = registry.of(call)
      const view = viewOf(call, workspace)
      const status = call.query.text('ReservationStatus')
      const workerSid = call.query.text('WorkerSid')
      const rows = rowsOf(workspace, view).filter(
        (row) => (!status || row.status === status) && (!workerSid || row.workerSid === workerSid),
      )
      return pageV1(call, 'reservations', rows, (row) => body(workspace, row, view))
    },

    fetch(call: Call) {
      const workspace = registry.of(call)
      const view = viewOf(call, workspace)
      const row = reservationOf(call, workspace, view)
      return ok(body(workspace, row, view), etag(row.version))
    },

    update(call: Call) {
      const workspace = registry.of(call)
      const view = viewOf(call, workspace)
      const row = reservationOf(call, workspace, view)
      checkIfMatch(call, row.version)
      const status = call.form.oneOf('ReservationStatus', STATUSES)
      const instruction = call.form.text('Instruction')
      if (status && instruction) {
        throw badRequest('A reservation takes ReservationStatus or Instruction, not both')
      }
      const command = status && statusCommand(call, workspace, row, status)
      if (command) workspace.drive(command)
      if (instruction) instructByRest(workspace, row, instruction, call.form, voice)
      const next = workspace.reservations.get(row.sid) ?? row
      return ok(body(workspace, next, view), etag(next.version))
    },
  }
}

/** What brings the reservation into that status; nothing when it is in it already. */
function statusCommand(
  { form }: Call,
  workspace: Workspace,
  row: ReservationRow,
  wanted: (typeof STATUSES)[number],
): Command | undefined {
  const { sid } = row
  switch (wanted) {
    case row.status:
      if (wanted === 'accepted') checkPending(row, 'accept')
      return undefined
    case 'accepted':
      checkPending(row, 'accept')
      return { kind: 'accept-reservation', sid }
    case 'rejected': {
      checkPending(row, 'reject')
      const activitySid = form.text('WorkerActivitySid') || undefined
      if (activitySid) checkActivity(workspace, activitySid)
      return { kind: 'reject-reservation', sid, activitySid }
    }
    case 'canceled':
      checkPending(row, 'cancel')
      return { kind: 'cancel-reservation', sid }
    case 'wrapping':
      checkStatus(row, ['accepted'], 'wrap up')
      return { kind: 'wrap-up-reservation', sid }
    case 'completed':
      checkStatus(row, ['accepted', 'wrapping'], 'complete')
      return { kind: 'complete-reservation', sid }
    case 'pending':
    case 'timeout':
    case 'rescinded':
      throw badRequest(`ReservationStatus cannot be set to ${wanted}: TaskRouter does that itself`)
    default:
      throw new Error(`Unknown status ${wanted satisfies never}`)
  }
}

function viewOf(call: Call, workspace: Workspace): View {
  if ('TaskSid' in call.path) {
    return { owner: 'Tasks', sid: part(call, workspace.tasks, 'TaskSid').sid }
  }
  return { owner: 'Workers', sid: part(call, workspace.workers, 'WorkerSid').sid }
}

function rowsOf(workspace: Workspace, { sid }: View): readonly ReservationRow[] {
  return workspace.reservations.of(sid)
}

function reservationOf(call: Call, workspace: Workspace, { owner, sid }: View): ReservationRow {
  const row = workspace.reservations.get(pathPart(call, 'Sid'))
  if (!row || (owner === 'Tasks' ? row.taskSid : row.workerSid) !== sid) return refuseMissing(call)
  return row
}

function body(workspace: Workspace, row: ReservationRow, { owner, sid }: View) {
  return {
    sid: row.sid,
    account_sid: workspace.accountSid,
    workspace_sid: workspace.sid,
    task_sid: row.taskSid,
    worker_sid: row.workerSid,
    worker_name: workspace.workers.get(row.workerSid)?.friendlyName ?? null,
    reservation_status: row.status,
    date_created: isoDate(row.dateCreated),
    date_updated: isoDate(row.dateUpdated),
    url: `${workspace.url}/${owner}/${sid}/Reservations/${row.sid}`,
    links: {
      workspace: workspace.url,
      task: `${workspace.url}/Tasks/${row.taskSid}`,
      worker: `${workspace.url}/Workers/${row.workerSid}`,
    },
  }
}
