import {
  reservationPage,
  reservationResource,
  taskResource,
  workerResource,
} from '../../schemas/index.ts'
import { TwilioRefusal, type TwilioRest } from './rest.ts'

/** A task to create. */
export type NewTask = {
  readonly workflowSid: string
  readonly attributes: Readonly<Record<string, unknown>>
  readonly taskChannel?: string | undefined
  readonly priority?: number | undefined
  /** Time to live; default a day. */
  readonly timeoutSeconds?: number | undefined
}

/** Creates a task; returns its SID. */
export async function createTask(
  { workflowSid, attributes, taskChannel, priority, timeoutSeconds }: NewTask,
  workspaceSid: string,
  twilio: TwilioRest,
): Promise<string> {
  const form = {
    WorkflowSid: workflowSid,
    Attributes: JSON.stringify(attributes),
    ...(taskChannel === undefined ? {} : { TaskChannel: taskChannel }),
    ...(priority === undefined ? {} : { Priority: String(priority) }),
    ...(timeoutSeconds === undefined ? {} : { Timeout: String(timeoutSeconds) }),
  }
  const { body } = await twilio.post(`${workspacePath(workspaceSid)}/Tasks`, form, {
    creates: true,
  })
  return taskResource.parse(body).sid
}

/** Accepts a reservation; returns the worker's name, or undefined when it is no longer pending. */
export async function acceptReservation(
  taskSid: string,
  reservationSid: string,
  workspaceSid: string,
  twilio: TwilioRest,
): Promise<string | undefined> {
  const path = `${workspacePath(workspaceSid)}/Tasks/${taskSid}/Reservations/${reservationSid}`
  const answer = await unlessRefused([400, 404, 409, 410], () =>
    twilio.post(path, { ReservationStatus: 'accepted' }),
  )
  return answer && reservationResource.parse(answer.body).worker_name
}

/** The worker who has, or had, the task; undefined when nobody took it or it is gone. */
export async function workerOf(
  taskSid: string,
  workspaceSid: string,
  twilio: TwilioRest,
): Promise<string | undefined> {
  const answer = await unlessRefused([404], () =>
    twilio.get(`${workspacePath(workspaceSid)}/Tasks/${taskSid}/Reservations`),
  )
  const { reservations } = reservationPage.parse(answer?.body ?? { reservations: [] })
  return reservations.find(({ reservation_status: status }) =>
    ['accepted', 'wrapping', 'completed'].includes(status),
  )?.worker_sid
}

/** Completes a task; one that is over or gone already is fine. */
export async function completeTask(
  taskSid: string,
  reason: string,
  workspaceSid: string,
  twilio: TwilioRest,
): Promise<void> {
  await unlessRefused([400, 404, 410], () =>
    twilio.post(`${workspacePath(workspaceSid)}/Tasks/${taskSid}`, {
      AssignmentStatus: 'completed',
      Reason: reason,
    }),
  )
}

/** Whether the worker has a task in wrap-up. */
export async function isWrappingUp(
  workerSid: string,
  workspaceSid: string,
  twilio: TwilioRest,
): Promise<boolean> {
  const path = `${workspacePath(workspaceSid)}/Workers/${workerSid}/Reservations?ReservationStatus=wrapping`
  const answer = await unlessRefused([404], () => twilio.get(path))
  return reservationPage.parse(answer?.body ?? { reservations: [] }).reservations.length > 0
}

/** Moves a worker from one activity to another, if that is where the worker is at that moment. */
export async function leaveActivity(
  workerSid: string,
  { from, to }: { readonly from: string; readonly to: string },
  workspaceSid: string,
  twilio: TwilioRest,
): Promise<void> {
  const path = `${workspacePath(workspaceSid)}/Workers/${workerSid}`
  for (let tries = 0; tries < 5; tries++) {
    const worker = await unlessRefused([404], () => twilio.get(path))
    if (!worker || workerResource.parse(worker.body).activity_sid !== from) return
    const moved = await unlessRefused([412], () =>
      twilio.post(path, { ActivitySid: to }, { ifMatch: worker.etag }),
    )
    if (moved) return
  }
  throw new Error(`Worker ${workerSid} changes too often to be moved to activity ${to}`)
}

/** Where everything of a workspace is. */
export function workspacePath(workspaceSid: string): string {
  return `taskrouter.twilio.com/v1/Workspaces/${workspaceSid}`
}

/** What the request answers; undefined when Twilio refuses it with one of these statuses. */
export async function unlessRefused<T>(
  statuses: readonly number[],
  call: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await call()
  } catch (error) {
    if (error instanceof TwilioRefusal && statuses.includes(error.status)) return undefined
    throw error
  }
}
