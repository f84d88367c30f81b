import { defineSchema, Type, taskPage } from '../../schemas/index.ts'
import type { Services } from '../services.ts'
import { armOnce } from '../store/arm-once.ts'
import { nextAt } from './effect.ts'
import { endTaskOf } from './task.ts'
import { advanceHunt, huntRows } from './world.ts'

/** How often hunts are looked over, while there are any. */
export const sweepMs = 300_000
// A hunt whose time is over by more than this has lost its timer.
const lateMs = 30_000

const listedHunt = defineSchema(
  'listed hunt',
  Type.Object({ at: Type.Integer(), callSid: Type.String() }),
)

/** Has the next sweep come, once however many ask. */
export function armSweep(services: Services): Promise<void> {
  const next = (Math.floor(services.now() / sweepMs) + 1) * sweepMs
  return armOnce('hunt-sweep', next, services, () =>
    services.schedule(next, { kind: 'sweep-hunts' }),
  )
}

/** Brings on hunts that lost their timers, and ends tasks that belong to no hunt any more. */
export async function sweepHunts(services: Services): Promise<void> {
  const { store, now } = services
  const rows = huntRows(services)
  const open = await rows.open()
  if (open.length > 0) await armSweep(services)
  await store.remove('hunt-sweep', String(Math.floor(now() / sweepMs) * sweepMs))
  for (const id of open) {
    const stored = await rows.read(id)
    if (!stored) await strike(id, services)
    else if (stored.hunt.closed) await rows.unlist(stored.hunt)
    else if ((nextAt(stored.hunt) ?? 0) + lateMs < now()) await advanceHunt(id, [], services)
  }
  await endOrphans(services)
}

/** Takes a hunt off the lists whose process died before it was there. */
async function strike(id: string, services: Services): Promise<void> {
  const listed = await services.store.read('open-hunts', id)
  if (!listed) return
  const { at, callSid } = listedHunt.parse(listed.value)
  if (at + lateMs < services.now())
    await huntRows(services).unlist({ id, customerCallSid: callSid })
}

async function endOrphans(services: Services): Promise<void> {
  const { settings, twilio, log } = services
  const workflowSid = settings.centre.hunts?.workflowSid
  if (workflowSid === undefined) return
  const root = `taskrouter.twilio.com/v1/Workspaces/${settings.app.WORKSPACE_SID}/Tasks`
  const query = `WorkflowSid=${workflowSid}&AssignmentStatus=pending,reserved,assigned,wrapping`
  const { body } = await twilio.get(`${root}?${query}&PageSize=1000`)
  const rows = huntRows(services)
  for (const { sid, attributes } of taskPage.parse(body).tasks) {
    const { hunt_id: id, hunt_task: key } = JSON.parse(attributes) as Record<string, unknown>
    const stored = typeof id === 'string' ? await rows.read(id) : undefined
    // A row that is not closed knows its tasks, and ends them itself.
    if (stored && (!stored.hunt.closed || stored.hunt.tasks.some((task) => task.key === key))) {
      continue
    }
    log.warn('hunt.orphan', { taskSid: sid, hunt: id })
    await endTaskOf(sid, 'orphaned', services)
  }
}
