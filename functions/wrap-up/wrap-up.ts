import { type CentreSettings, defineSchema, Type, type TypeOf } from '../../schemas/index.ts'
import type { Services } from '../services.ts'
import type { Stored } from '../store/store.ts'
import { isTwilioAway } from '../twilio/rest.ts'
import { completeTask, isWrappingUp, leaveActivity, workerOf } from '../twilio/task-router.ts'

const wrapUp = defineSchema(
  'wrap-up',
  Type.Object({
    workerSid: Type.Union([Type.String(), Type.Null()]),
    seconds: Type.Integer({ minimum: 0 }),
    endsAt: Type.Integer(),
    extended: Type.Boolean(),
    ended: Type.Boolean(),
  }),
)

/** The time after a conversation in which its worker gets no other work. */
export type WrapUp = TypeOf<typeof wrapUp>

/** What a task's end tells. */
export type WrapUpStart = {
  readonly taskSid: string
  readonly taskQueueSid: string | null
  readonly workerSid: string | null
  /** When it was told, so that an event from the archive leads to the same end. */
  readonly at: number
}

/** How extending went. */
export type Extension =
  | { readonly kind: 'extended'; readonly endsAt: number }
  | { readonly kind: 'refused'; readonly reason: 'unknown' | 'ended' | 'extended before' }

/** Starts the clock of a task's wrap-up, once; a repeat only makes sure that the alarm is set. */
export async function startWrapUp(
  { taskSid, taskQueueSid, workerSid, at }: WrapUpStart,
  services: Services,
): Promise<void> {
  const { store, schedule, settings } = services
  const running = await readWrapUp(taskSid, services)
  if (running) {
    if (!running.value.ended) await schedule(running.value.endsAt, { kind: 'end-wrap-up', taskSid })
    return
  }
  const seconds = secondsFor(settings.centre, taskQueueSid)
  const endsAt = at + seconds * 1000
  const started: WrapUp = {
    // Remembered now: a task that its agent completes is gone from Twilio before a long wrap-up ends.
    workerSid: workerSid ?? (await findWorker(taskSid, services)),
    seconds,
    endsAt,
    extended: false,
    ended: false,
  }
  await store.create('wrap-up', taskSid, started)
  await schedule(endsAt, { kind: 'end-wrap-up', taskSid })
}

/**
 * Completes the task, then makes its worker available, unless the worker left the wrap-up in another way or has
 * another task in it.
 * `alarm`: the clock rang, which counts only if the time was not extended; `agent`: now, whatever the clock says.
 */
export async function endWrapUp(
  taskSid: string,
  by: 'alarm' | 'agent',
  services: Services,
): Promise<'ended' | 'unknown'> {
  const { now, schedule, settings, twilio, log } = services
  const stored = await readWrapUp(taskSid, services)
  if (!stored) return 'unknown'
  const { ended, endsAt } = stored.value
  if (ended) return 'ended'
  if (by === 'alarm' && now() < endsAt) {
    await schedule(endsAt, { kind: 'end-wrap-up', taskSid })
    return 'ended'
  }
  const reason = by === 'alarm' ? 'The time for wrap-up is over' : 'The agent finished wrap-up'
  const workerSid =
    stored.value.workerSid ?? (await workerOf(taskSid, settings.app.WORKSPACE_SID, twilio)) ?? null
  await completeTask(taskSid, reason, settings.app.WORKSPACE_SID, twilio)
  if (workerSid) await freeWorker(workerSid, services)
  await markEnded(taskSid, services)
  log.info('wrap-up.ended', { taskSid, workerSid, by })
  return 'ended'
}

/** Makes a worker available who is in wrap-up; with several tasks there the last one to end does. */
export async function freeWorker(workerSid: string, { settings, twilio }: Services): Promise<void> {
  const { WORKSPACE_SID, WRAP_UP_ACTIVITY_SID, AVAILABLE_ACTIVITY_SID } = settings.app
  if (await isWrappingUp(workerSid, WORKSPACE_SID, twilio)) return
  const change = { from: WRAP_UP_ACTIVITY_SID, to: AVAILABLE_ACTIVITY_SID }
  await leaveActivity(workerSid, change, WORKSPACE_SID, twilio)
}

/**
 * Sets an alarm for a worker who comes to the activity of wrap-up: a task that somebody completes while its call lasts
 * never wraps up, and so would not free its worker.
 */
export async function watchWorker(
  {
    workerSid,
    activitySid,
    at,
  }: { readonly workerSid: string; readonly activitySid: string; readonly at: number },
  { settings, schedule }: Services,
): Promise<void> {
  if (activitySid !== settings.app.WRAP_UP_ACTIVITY_SID) return
  const endsAt = at + secondsFor(settings.centre, null) * 1000
  await schedule(endsAt, { kind: 'leave-wrap-up', workerSid })
}

/** Gives the agent the same time once more. */
export async function extendWrapUp(taskSid: string, services: Services): Promise<Extension> {
  for (;;) {
    const stored = await readWrapUp(taskSid, services)
    if (!stored) return { kind: 'refused', reason: 'unknown' }
    const { value, version } = stored
    if (value.ended) return { kind: 'refused', reason: 'ended' }
    if (value.extended) return { kind: 'refused', reason: 'extended before' }
    const endsAt = value.endsAt + value.seconds * 1000
    const extended: WrapUp = { ...value, endsAt, extended: true }
    if (await services.store.replace('wrap-up', taskSid, extended, version)) {
      await services.schedule(endsAt, { kind: 'end-wrap-up', taskSid })
      return { kind: 'extended', endsAt }
    }
  }
}

/** Seconds of wrap-up after a task of that queue. */
function secondsFor({ wrapUpSeconds }: CentreSettings, taskQueueSid: string | null): number {
  const { byQueue = {}, default: byDefault } = wrapUpSeconds
  return (taskQueueSid === null ? undefined : byQueue[taskQueueSid]) ?? byDefault
}

// Without Twilio the clock starts all the same; who it is for is asked again at its end.
async function findWorker(taskSid: string, services: Services): Promise<string | null> {
  const { settings, twilio, log } = services
  try {
    return (await workerOf(taskSid, settings.app.WORKSPACE_SID, twilio)) ?? null
  } catch (error) {
    if (!isTwilioAway(error)) throw error
    log.warn('twilio.away', { taskSid, error })
    return null
  }
}

// Whatever else changed meanwhile: an alarm that rings later must not end the worker's next wrap-up.
async function markEnded(taskSid: string, services: Services): Promise<void> {
  for (;;) {
    const stored = await readWrapUp(taskSid, services)
    if (!stored || stored.value.ended) return
    const ended: WrapUp = { ...stored.value, ended: true }
    if (await services.store.replace('wrap-up', taskSid, ended, stored.version)) return
  }
}

/** The wrap-up of a task, if one began. */
export async function readWrapUp(
  taskSid: string,
  { store }: Services,
): Promise<(Stored & { readonly value: WrapUp }) | undefined> {
  const stored = await store.read('wrap-up', taskSid)
  return stored && { version: stored.version, value: wrapUp.parse(stored.value) }
}
