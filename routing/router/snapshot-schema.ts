import {
  defineSchema,
  type TObject,
  type TProperties,
  type TSchema,
  Type,
  type TypeOf,
  workflowConfiguration,
} from '../../schemas/index.ts'

const sid = Type.String()
const time = Type.Number()
const count = Type.Integer({ minimum: 0 })
const record = Type.Record(Type.String(), Type.Unknown())
const orNull = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()])
const strict = <P extends TProperties>(properties: P): TObject<P> =>
  Type.Object(properties, { additionalProperties: false })
const oneOf = <const S extends readonly string[]>(values: S) =>
  Type.Unsafe<S[number]>({ type: 'string', enum: [...values] })

const order = oneOf(['FIFO', 'LIFO'])

const worker = strict({
  sid,
  friendlyName: Type.String(),
  attributes: record,
  activitySid: sid,
  activityChangedAt: time,
  order: count,
  lastAssignment: count,
  channels: Type.Array(
    strict({
      taskChannelSid: sid,
      capacity: count,
      available: Type.Boolean(),
      lastAssignment: count,
    }),
  ),
  /** Its live reservations, in the order they were made. */
  reservationSids: Type.Array(sid),
})

const reservation = strict({
  sid,
  workerSid: sid,
  taskChannelSid: sid,
  status: oneOf([
    'pending',
    'accepted',
    'rejected',
    'timeout',
    'canceled',
    'rescinded',
    'wrapping',
    'completed',
  ]),
  createdAt: time,
  updatedAt: time,
})

const task = strict({
  sid,
  workflowSid: sid,
  planId: count,
  taskChannelSid: sid,
  attributes: record,
  status: oneOf(['pending', 'reserved', 'assigned', 'wrapping']),
  priority: count,
  createdAt: time,
  virtualStartTime: time,
  timeoutSeconds: Type.Number(),
  routingTarget: orNull(sid),
  targetWorkerSid: orNull(sid),
  ignoreCapacity: Type.Boolean(),
  order: count,
  /** Its place in the plan: filter −1 is the default filter, `direct` the queue that the task itself names. */
  filterIndex: Type.Integer({ minimum: -1 }),
  targetIndex: count,
  direct: Type.Boolean(),
  taskQueueSid: sid,
  queueEnteredAt: time,
  deadline: orNull(time),
  baseAge: Type.Number(),
  timedOut: Type.Boolean(),
  endsAt: time,
  assignments: count,
  reason: orNull(Type.String()),
  timerOrder: Type.Number(),
  reservations: Type.Array(reservation),
})

/** All that a router knows, as JSON. What follows from the rest (members, used capacity, lines, timers) is left out. */
export const routerSnapshot = defineSchema(
  'router snapshot',
  strict({
    version: Type.Literal(1),
    now: orNull(time),
    timeoutActivitySid: orNull(sid),
    prioritizeQueueOrder: order,
    counters: strict({
      task: count,
      worker: count,
      assignment: count,
      reservation: count,
      timer: count,
      plan: count,
    }),
    activities: Type.Array(strict({ sid, friendlyName: Type.String(), available: Type.Boolean() })),
    channels: Type.Array(
      strict({ sid, uniqueName: Type.String(), channelOptimizedRouting: Type.Boolean() }),
    ),
    queues: Type.Array(
      strict({
        sid,
        friendlyName: Type.String(),
        targetWorkers: Type.String(),
        maxReservedWorkers: count,
        taskOrder: order,
      }),
    ),
    workers: Type.Array(worker),
    plans: Type.Array(
      strict({ id: count, workflowSid: sid, configuration: workflowConfiguration.json }),
    ),
    workflows: Type.Array(
      strict({ sid, friendlyName: Type.String(), reservationTimeoutMs: time, planId: count }),
    ),
    tasks: Type.Array(task),
    /** Events of timers that fired before a command was refused, not handed out yet. */
    undelivered: Type.Array(record),
  }),
)

export type RouterSnapshot = TypeOf<typeof routerSnapshot>
export type TaskSnapshot = RouterSnapshot['tasks'][number]
export type WorkerSnapshot = RouterSnapshot['workers'][number]
