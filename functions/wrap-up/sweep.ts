import { busyTaskPage } from '../../schemas/index.ts'
import type { Services } from '../services.ts'
import { readWrapUp, startWrapUp } from './wrap-up.ts'

/** How often tasks in wrap-up are looked over, while somebody talks or wraps up. */
export const sweepMs = 300_000
// An alarm that is this late is lost.
const lateMs = 60_000

/** Has the next sweep come, once however many ask. */
export async function armWrapUpSweep({ store, schedule, now }: Services): Promise<void> {
  const next = (Math.floor(now() / sweepMs) + 1) * sweepMs
  if (await store.create('wrap-up-sweep', String(next), {})) {
    await schedule(next, { kind: 'sweep-wrap-ups' })
  }
}

/**
 * Starts the clock of tasks in wrap-up that have none, and rings alarms that never rang. TaskRouter does not repeat an
 * event that found nobody at home, and a task left in wrap-up keeps its worker for good.
 */
export async function sweepWrapUps(services: Services): Promise<void> {
  const { settings, twilio, store, schedule, now, log } = services
  const root = `taskrouter.twilio.com/v1/Workspaces/${settings.app.WORKSPACE_SID}/Tasks`
  const { body } = await twilio.get(`${root}?AssignmentStatus=assigned,wrapping&PageSize=1000`)
  const { tasks } = busyTaskPage.parse(body)
  if (tasks.length > 0) await armWrapUpSweep(services)
  await store.remove('wrap-up-sweep', String(Math.floor(now() / sweepMs) * sweepMs))
  for (const { sid: taskSid, assignment_status, task_queue_sid, workflow_sid } of tasks) {
    // A hunt completes its tasks itself.
    if (assignment_status !== 'wrapping' || workflow_sid === settings.centre.hunts?.workflowSid) {
      continue
    }
    const running = await readWrapUp(taskSid, services)
    if (!running) {
      log.warn('wrap-up.missed', { taskSid })
      const found = { taskSid, taskQueueSid: task_queue_sid, workerSid: null, at: now() }
      await startWrapUp(found, services)
    } else if (!running.value.ended && running.value.endsAt + lateMs < now()) {
      await schedule(now(), { kind: 'end-wrap-up', taskSid })
    }
  }
}
