import fc from 'fast-check'
import {
  type Command,
  createRouter,
  type Router,
  type RouterEvent,
  type RouterOptions,
  RouterRefusal,
} from '../../../routing/index.ts'
import { available, busy, chat, offline, queue, start, task, voice, workflow } from './centre.ts'

/** One thing that happens at some time; who is meant is chosen by number among those who exist then. */
export type Move =
  | { readonly kind: 'create'; readonly command: Command }
  | { readonly kind: 'wait' }
  | { readonly kind: 'reservation'; readonly act: ReservationAct; readonly pick: number }
  | { readonly kind: 'task'; readonly act: TaskAct; readonly pick: number }
  | { readonly kind: 'command'; readonly command: Command }

type ReservationAct =
  | 'accept-reservation'
  | 'reject-reservation'
  | 'cancel-reservation'
  | 'wrap-up-reservation'
  | 'complete-reservation'
type TaskAct =
  | 'cancel-task'
  | 'return-task'
  | 'wrap-up-task'
  | 'complete-task'
  | 'delete-task'
  | 'change-language'
  | 'change-priority'

export type Timed = { readonly move: Move; readonly afterMs: number }

const languages = ['en', 'es', 'de']
const workers = ['w0', 'w1', 'w2', 'w3', 'w4', 'w5']

/** A centre with every kind of step: three queues, tiers, skips, a LIFO queue, several asked at once. */
export const opening: readonly Command[] = [
  { kind: 'put-activity', sid: available, friendlyName: 'available', available: true },
  { kind: 'put-activity', sid: busy, friendlyName: 'busy', available: false },
  { kind: 'put-activity', sid: offline, friendlyName: 'offline', available: false },
  { kind: 'put-workspace', timeoutActivitySid: offline },
  ...[voice, chat].map(
    (sid): Command => ({
      ...{ kind: 'put-task-channel', sid, uniqueName: sid.slice(3) },
      channelOptimizedRouting: sid === chat,
    }),
  ),
  ...workers.map(
    (sid, i): Command => ({
      ...{ kind: 'put-worker', sid, friendlyName: sid, activitySid: available },
      attributes: { languages: languages.slice(i % 3), level: i, tier: i % 2 },
    }),
  ),
  queue('all'),
  queue('stack', { targetWorkers: 'tier == 1', taskOrder: 'LIFO' }),
  queue('many', { targetWorkers: 'level > 1', maxReservedWorkers: 3 }),
  workflow(
    'WW',
    [
      [
        "kind == 'tiers'",
        [
          { queue: 'all', expression: 'worker.tier == 1', timeout: 10, skip_if: '1==1' },
          { expression: 'task.language IN worker.languages', timeout: 20, priority: 3 },
          { queue: 'many', order_by: 'worker.level DESC', timeout: 60 },
        ],
      ],
      [
        "kind == 'stack'",
        [{ queue: 'stack', expression: 'worker.channel.chat.assigned_tasks == 0', timeout: 45 }],
      ],
      ["kind != 'rest'", [{ queue: 'many', timeout: 30, skip_if: 'workers.available < 3' }]],
    ],
    { taskReservationTimeoutSeconds: 8, defaultQueue: 'all' },
  ),
]

const pick = fc.nat(50)

const create = fc
  .record({
    kind: fc.constantFrom('tiers', 'stack', 'rest', 'other'),
    language: fc.constantFrom(...languages, null),
    priority: fc.constantFrom(0, 0, 1, 5),
    channel: fc.constantFrom(voice, voice, chat),
    timeoutSeconds: fc.constantFrom(5, 40, 500),
  })
  .map(({ kind, language, priority, channel, timeoutSeconds }): Move => {
    const more = { priority, taskChannelSid: channel, timeoutSeconds }
    return { kind: 'create', command: task('', { kind, language }, more) }
  })

const ofReservation = fc
  .record({
    act: fc.constantFrom<ReservationAct>(
      ...(['accept-reservation', 'accept-reservation', 'reject-reservation'] as const),
      ...(['cancel-reservation', 'wrap-up-reservation', 'complete-reservation'] as const),
    ),
    pick,
  })
  .map((each): Move => ({ kind: 'reservation', ...each }))

const ofTask = fc
  .record({
    act: fc.constantFrom<TaskAct>(
      ...(['cancel-task', 'return-task', 'wrap-up-task', 'complete-task'] as const),
      ...(['delete-task', 'change-language', 'change-priority'] as const),
    ),
    pick,
  })
  .map((each): Move => ({ kind: 'task', ...each }))

const worker = fc.constantFrom(...workers)
const ofWorker = fc
  .oneof(
    fc
      .tuple(worker, fc.constantFrom(available, available, busy), fc.boolean())
      .map(([sid, activitySid, reject]): Command => {
        const rejectPendingReservations = reject && activitySid !== available
        return { kind: 'set-worker-activity', sid, activitySid, rejectPendingReservations }
      }),
    fc.tuple(worker, fc.constantFrom(voice, chat), fc.nat(3), fc.boolean()).map(
      ([workerSid, taskChannelSid, capacity, isAvailable]): Command => ({
        ...{ kind: 'put-worker-channel', workerSid, taskChannelSid, capacity },
        available: isAvailable,
      }),
    ),
    fc.tuple(worker, fc.subarray(languages), fc.nat(5)).map(
      ([sid, spoken, level]): Command => ({
        ...{ kind: 'put-worker', sid, friendlyName: sid, activitySid: available },
        attributes: { languages: spoken, level, tier: level % 2 },
      }),
    ),
    fc.constantFrom<Command>(
      queue('all', { targetWorkers: 'level > 0' }),
      queue('all'),
      queue('stack', { taskOrder: 'FIFO' }),
      { kind: 'put-workspace', timeoutActivitySid: offline, prioritizeQueueOrder: 'LIFO' },
      workflow('WW', [['1==1', [{ queue: 'many', timeout: 25 }, { queue: 'all' }]]], {
        taskReservationTimeoutSeconds: 15,
      }),
      {
        ...workflow('WW', [["kind == 'tiers'", [{ queue: 'all' }]]]),
        reEvaluateTasks: true,
      } as Command,
    ),
  )
  .map((command): Move => ({ kind: 'command', command }))

const move = fc.oneof(
  { weight: 8, arbitrary: create },
  { weight: 8, arbitrary: ofReservation },
  { weight: 4, arbitrary: ofTask },
  { weight: 4, arbitrary: ofWorker },
  { weight: 2, arbitrary: fc.constant<Move>({ kind: 'wait' }) },
)

/** A schedule of moves, some of them at the same moment. */
export const anySchedule: fc.Arbitrary<readonly Timed[]> = fc.array(
  fc.record({ move, afterMs: fc.constantFrom(0, 0, 1, 700, 3000, 9000, 30_000) }),
  { maxLength: 80, size: 'max' },
)

export type Run = {
  readonly router: Router
  now: number
  created: number
}

/** A router with the centre in it; reservations that fail five times cancel their task. */
export function open(options: RouterOptions = {}): Run {
  const router = createRouter({ maxAssignments: 5, ...options })
  if (options.restore === undefined) for (const command of opening) router.step(command, start)
  return { router, now: start, created: 0 }
}

/** Plays one move; a refusal gives no events. */
export function play(run: Run, { move, afterMs }: Timed): readonly RouterEvent[] {
  run.now += afterMs
  const command = commandOf(run, move)
  try {
    return [...run.router.step(command, run.now)]
  } catch (error) {
    if (error instanceof RouterRefusal) return [...run.router.step({ kind: 'tick' }, run.now)]
    throw error
  }
}

function commandOf(run: Run, move: Move): Command {
  const { router } = run
  switch (move.kind) {
    case 'wait':
      return { kind: 'tick' }
    case 'command':
      return move.command
    case 'create':
      return { ...move.command, sid: `T${++run.created}` } as Command
    case 'reservation': {
      const live = [...router.tasks()].flatMap(({ sid }) => router.reservations({ taskSid: sid }))
      const sid = live[move.pick % live.length]?.sid ?? 'none'
      return { kind: move.act, sid }
    }
    case 'task': {
      const live = [...router.tasks()]
      const sid = live[move.pick % live.length]?.sid ?? 'none'
      if (move.act === 'change-language') {
        const attributes = { kind: 'tiers', language: languages[move.pick % 3] }
        return { kind: 'update-task', sid, attributes }
      }
      if (move.act === 'change-priority') return { kind: 'update-task', sid, priority: move.pick }
      return { kind: move.act, sid, reason: 'chosen' }
    }
    default:
      throw new Error(`No such move: ${JSON.stringify(move satisfies never)}`)
  }
}
