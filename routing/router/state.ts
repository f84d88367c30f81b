import type {
  Attributes,
  Millis,
  ReservationStatus,
  ReservationView,
  RouterEvent,
  Sid,
  TaskStatus,
  TaskView,
} from '../router-contract.ts'
import type { Bits } from './bits.ts'
import type { Choices } from './choices.ts'
import type { Heap, Slots } from './heap.ts'
import type { Plan, Step } from './plan.ts'
import type { Timers } from './timers.ts'

/** Everything a router knows. Private to `routing/router/`; the outside sees views. */
export type RouterState = {
  readonly choices: Choices
  readonly maxAssignments: number
  readonly newReservationSid: () => Sid
  /** ` in workspace WS… for account AC…`, for Twilio's messages; empty when unknown. */
  readonly place: string
  now: Millis
  timeoutActivitySid: Sid | null
  prioritizeQueueOrder: 'FIFO' | 'LIFO'
  readonly activities: Map<Sid, Activity>
  readonly channels: Map<Sid, Channel>
  readonly workers: Map<Sid, Worker>
  readonly queues: Map<Sid, Queue>
  readonly workflows: Map<Sid, Workflow>
  /** Live tasks in the order of their creation. */
  tasks: Map<Sid, Task>
  /** Live tasks by the index that heaps know them by; holes are free. */
  readonly taskAt: (Task | null)[]
  readonly freeTaskIndexes: number[]
  /** The reservations of live tasks. */
  reservations: Map<Sid, Reservation>
  /** Tasks forgotten since the two maps were last made anew. */
  forgotten: number
  /** By index; holes are free. */
  readonly workerAt: (Worker | undefined)[]
  readonly freeIndexes: number[]
  /** Length of every set of workers. */
  words: number
  /** Where each waiting task stands in its line. */
  readonly waitingSlots: Slots
  /** Workers whose activity is available. */
  availableWorkers: Bits
  /** Every line that is kept, also empty ones. */
  readonly lines: Set<Line>
  /** The lines in which a task waits. */
  readonly openLines: Line[]
  /** A worker may have become eligible since waiting tasks were last looked at. */
  freed: boolean
  /** One entry a task: when something will happen to it by itself. */
  readonly timers: Timers
  /** Lines whose expression looks at what workers do (`worker.channel.…`, `worker.activity_…`). */
  volatileLines: number
  readonly counters: Counters
  /** The events of this step, and those of a step that was refused after timers had fired: the first `eventCount`. */
  readonly events: RouterEvent[]
  eventCount: number
}

/** What only grows; each is part of an order that must survive a snapshot. */
export type Counters = {
  task: number
  worker: number
  assignment: number
  reservation: number
  timer: number
  plan: number
}

export type Activity = {
  readonly sid: Sid
  friendlyName: string
  readonly available: boolean
  workers: number
}

export type Channel = {
  readonly sid: Sid
  readonly uniqueName: string
  readonly index: number
  channelOptimizedRouting: boolean
  /** Workers that may be given a task of this channel now. */
  eligible: Bits
  liveTasks: number
}

export type Worker = {
  readonly sid: Sid
  readonly index: number
  /** Order of creation. */
  readonly order: number
  friendlyName: string
  attributes: Attributes
  /** What `worker.…` names in a target expression. */
  scope: Attributes
  activity: Activity
  activityChangedAt: Millis
  /** Number of the last assignment; 0 before the first. */
  lastAssignment: number
  /** By channel index. */
  readonly channels: WorkerChannel[]
  /** Pending, accepted and wrapping. */
  readonly reservations: Reservation[]
}

export type WorkerChannel = {
  capacity: number
  available: boolean
  /** Reservations pending, accepted and wrapping. */
  used: number
  /** Of these, the accepted ones. */
  accepted: number
  lastAssignment: number
}

export type Queue = {
  readonly sid: Sid
  friendlyName: string
  targetWorkers: string
  /** Null matches nobody: an empty `TargetWorkers`. */
  matches: ((attributes: Attributes) => boolean) | null
  maxReservedWorkers: number
  taskOrder: 'FIFO' | 'LIFO'
  members: Bits
  /** The step of tasks that name the queue as their `RoutingTarget`. */
  readonly directStep: Step
  liveTasks: number
}

export type Workflow = {
  readonly sid: Sid
  friendlyName: string
  reservationTimeoutMs: number
  plan: Plan
  liveTasks: number
}

/** Tasks that the same workers may take: same step, same channel, same values in the step's expression. */
export type Line = {
  readonly step: Step
  readonly queue: Queue
  readonly channel: Channel
  /** Under which key its step keeps it. */
  readonly key: unknown
  /** Attributes of a task of this line; the step's expression sees the same in all. */
  readonly attributes: Attributes
  /** The step's known worker: his SID or name; undefined if the step names none. */
  readonly knownWorker: string | null | undefined
  /** The worker whom the task itself names; null if it names none. */
  readonly targetWorkerSid: Sid | null
  /** Such a worker is given the task whatever he does. */
  readonly ignoreCapacity: boolean
  /** Workers that match, eligible or not. */
  candidates: Bits
  readonly waiting: Heap
  /** Index in `openLines`, −1 while empty. */
  openIndex: number
}

export type Task = {
  readonly sid: Sid
  /** Its own while it lives; see `taskAt`. */
  readonly index: number
  readonly workflow: Workflow
  plan: Plan
  channel: Channel
  attributes: Attributes
  status: TaskStatus
  priority: number
  readonly createdAt: Millis
  virtualStartTime: Millis
  readonly timeoutSeconds: number
  readonly routingTarget: Sid | null
  /** The same, if it is a worker. */
  readonly targetWorkerSid: Sid | null
  readonly ignoreCapacity: boolean
  /** Order of creation. */
  readonly order: number
  step: Step | null
  queue: Queue | null
  queueEnteredAt: Millis
  /** Left its queue by a timeout, so that the next step enters a queue anew. */
  outOfQueue: boolean
  /** Absolute; Infinity if the step has none. */
  deadline: Millis
  /** Age from which the deadlines of the current filter are counted. */
  baseAge: number
  /** A filter was left by a timeout since the task entered the workflow: no default filter any more. */
  timedOut: boolean
  /** While it is reserved, when its reservations time out; while it is assigned, when it is deleted. */
  endsAt: Millis
  assignments: number
  reason: string | null
  line: Line | null
  /** All of its reservations, ended ones too, in the order they were made. */
  reservations: Reservation[]
  /** The view of the current state, made when it is first asked for. */
  view: TaskView | null
}

export type Reservation = {
  readonly sid: Sid
  readonly task: Task
  readonly worker: Worker
  readonly channel: Channel
  status: ReservationStatus
  readonly createdAt: Millis
  updatedAt: Millis
  view: ReservationView | null
}
