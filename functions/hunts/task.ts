import { taskPage, taskReservations, taskState } from '../../schemas/index.ts'
import type { Services } from '../services.ts'
import { createTask, unlessRefused, workspacePath } from '../twilio/task-router.ts'
import { availableWorkers } from './agents.ts'
import type { Hunt, HuntTask } from './hunt.ts'
import type { HuntEvent } from './step.ts'

// Whatever becomes of a task, it does not outlive its tier by much.
const spareSeconds = 300

/** Creates a task of the hunt. */
export async function makeTask(
  hunt: Hunt,
  task: HuntTask,
  { settings, twilio, now }: Services,
): Promise<HuntEvent[]> {
  const { hunts } = settings.centre
  if (!hunts) return [{ kind: 'refused', reason: 'this centre declares no hunts any more' }]
  const sid = await createTask(
    {
      workflowSid: hunts.workflowSid,
      attributes: attributesOf(hunt, task),
      taskChannel: 'voice',
      timeoutSeconds: Math.ceil(Math.max(0, hunt.tierEndsAt - now()) / 1000) + spareSeconds,
    },
    settings.app.WORKSPACE_SID,
    twilio,
  )
  return [{ kind: 'task-made', key: task.key, sid }]
}

/** Looks for a task whose creation was not answered. */
export async function findTask(key: string, { settings, twilio }: Services): Promise<HuntEvent[]> {
  const query = new URLSearchParams({ EvaluateTaskAttributes: `hunt_task == "${key}"` })
  const { body } = await twilio.get(`${workspacePath(settings.app.WORKSPACE_SID)}/Tasks?${query}`)
  const [found] = taskPage.parse(body).tasks
  return [{ kind: 'task-made', key, sid: found?.sid ?? null }]
}

/** Who was asked, and who could not be. */
export async function lookAtTask(
  { key, sid, workers }: HuntTask,
  services: Services,
): Promise<HuntEvent[]> {
  const { settings, twilio } = services
  const path = `${workspacePath(settings.app.WORKSPACE_SID)}/Tasks/${sid}`
  const answer = await unlessRefused([404], () => twilio.get(`${path}/Reservations?PageSize=1000`))
  if (!answer) return [{ kind: 'task-lost', key, reason: 'it is gone' }]
  const reservations = taskReservations
    .parse(answer.body)
    .reservations.map(({ sid, worker_sid: workerSid, reservation_status: status }) => ({
      ...{ sid, workerSid, status },
    }))
  const isLive = reservations.some(({ status }) => ['pending', 'accepted'].includes(status))
  if (!isLive) {
    const { body } = await twilio.get(path)
    const task = taskState.parse(body)
    if (task.assignment_status === 'canceled') {
      return [{ kind: 'task-lost', key, reason: reasonOf(body) }]
    }
  }
  const available = reservations.length < workers.length ? await availableWorkers(services) : []
  return [{ kind: 'task-look', key, reservations, available }]
}

/** Ends a task in whatever state it is; gone already is fine. */
export async function endTask(
  { key, sid, why }: HuntTask,
  services: Services,
): Promise<HuntEvent[]> {
  await endTaskOf(sid ?? '', why, services)
  return [{ kind: 'task-ended', key }]
}

/** Ends the task of this SID: one that waits is canceled, one that somebody has is completed. */
export async function endTaskOf(
  sid: string,
  why: string,
  { settings, twilio }: Services,
): Promise<void> {
  const path = `${workspacePath(settings.app.WORKSPACE_SID)}/Tasks/${sid}`
  for (const status of ['canceled', 'completed']) {
    const form = { AssignmentStatus: status, Reason: `hunt: ${why}` }
    if (await unlessRefused([400, 404, 410], () => twilio.post(path, form))) return
  }
}

/**
 * Rejects a reservation for its agent. The agent is taken off the task before, for TaskRouter offers a task that returns to
 * pending to whoever fits, also to one who has just rejected it.
 */
export async function rejectReservation(
  hunt: Hunt,
  task: HuntTask,
  reservationSid: string,
  { settings, twilio }: Services,
): Promise<HuntEvent[]> {
  const path = `${workspacePath(settings.app.WORKSPACE_SID)}/Tasks/${task.sid}`
  const Attributes = JSON.stringify(attributesOf(hunt, task))
  await unlessRefused([400, 404, 410], () => twilio.post(path, { Attributes }))
  await unlessRefused([400, 404, 409, 410], () =>
    twilio.post(`${path}/Reservations/${reservationSid}`, { ReservationStatus: 'rejected' }),
  )
  const one = task.reservations.find(({ sid }) => sid === reservationSid)
  const workerSid = hunt.agents[one?.agent ?? -1]?.sid ?? ''
  return [
    { kind: 'reservation', key: task.key, workerSid, sid: reservationSid, status: 'rejected' },
  ]
}

/** Accepts the reservation for the agent who has the seat: from then on the agent is busy for everything else. */
export async function acceptForClaim(
  hunt: Hunt,
  { settings, twilio }: Services,
): Promise<HuntEvent[]> {
  const { claim, tasks, agents } = hunt
  const attempt = claim?.attempt ?? 0
  const task = tasks.find(({ key }) => key === claim?.taskKey)
  const mine = task?.reservations.findLast(({ agent }) => agent === claim?.agent)
  if (!task || !mine) return [{ kind: 'seat-held', attempt, held: false }]
  const path = `${workspacePath(settings.app.WORKSPACE_SID)}/Tasks/${task.sid}/Reservations`
  const accepted = await unlessRefused([400, 404, 409, 410], () =>
    twilio.post(`${path}/${mine.sid}`, { ReservationStatus: 'accepted' }),
  )
  if (accepted) return [{ kind: 'seat-held', attempt, held: true }]
  const answer = await unlessRefused([404], () => twilio.get(`${path}?PageSize=1000`))
  const { reservations } = taskReservations.parse(answer?.body ?? { reservations: [] })
  const holder = reservations.find(({ reservation_status: status }) =>
    ['accepted', 'wrapping', 'completed'].includes(status),
  )
  if (holder) {
    const held = holder.worker_sid === agents[claim?.agent ?? -1]?.sid
    return [{ kind: 'seat-held', attempt, held }]
  }
  return [{ kind: 'claim-lost', attempt, reason: 'the offer was over already' }]
}

function attributesOf(hunt: Hunt, { key, workers, waits }: HuntTask) {
  return {
    hunt_id: hunt.id,
    hunt_task: key,
    // Tells the events that matter from the many that a look has told already.
    hunt_waits: waits,
    offered_to: workers.map((agent) => hunt.agents[agent]?.sid ?? ''),
    conference: hunt.conferenceSid,
    ...(hunt.reason ? { reason: hunt.reason } : {}),
  }
}

function reasonOf(body: unknown): string {
  const { reason }: { reason?: unknown } = typeof body === 'object' && body !== null ? body : {}
  return typeof reason === 'string' ? reason : ''
}
