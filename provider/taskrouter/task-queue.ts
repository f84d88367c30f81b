import { ExpressionError, lintExpression, parseExpression } from '../../routing/index.ts'
import { type Problem, type Static, Type } from '../../schemas/index.ts'
import { canonicalExpression } from '../comparison/canonical.ts'
import type { HookContext, ResourceDescription } from '../description/description.ts'
import { force, friendlyName, outputs, sid } from '../description/fields.ts'
import { unknownValue } from '../protocol/values.ts'
import { nameReading } from '../words/name-reading.ts'
import { sentenceOf } from '../words/sentences.ts'
import { readExpression } from './expression-reading.ts'
import { countTasks, deleteTasks } from './live-tasks.ts'
import {
  olderTasksInTheWay,
  tasksOnOldSteps,
  tasksToStay,
  workflowsTo,
} from './tasks-on-old-steps.ts'

const inputs = Type.Object(
  {
    workspaceSid: sid('WS', 'the workspace. Changing it replaces the queue'),
    friendlyName: friendlyName('name of the queue'),
    targetWorkers: Type.Optional(
      Type.String({
        default: '1==1',
        description: 'which workers, over their attributes without a prefix: languages HAS "es"',
      }),
    ),
    maxReservedWorkers: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 50,
        default: 1,
        description: 'how many workers are asked at once',
      }),
    ),
    taskOrder: Type.Optional(
      Type.Union([Type.Literal('FIFO'), Type.Literal('LIFO')], {
        default: 'FIFO',
        description: 'FIFO: the oldest task first; LIFO: the newest, whatever its priority',
      }),
    ),
    reservationActivitySid: Type.Optional(
      sid(
        'WA',
        'activity that a worker is moved to when a task of the queue is reserved for them, in a workspace without multitasking only. Default: none',
      ),
    ),
    assignmentActivitySid: Type.Optional(
      sid(
        'WA',
        'activity that a worker is moved to when they take a task of the queue, in a workspace without multitasking only. Default: none',
      ),
    ),
    force: force(
      'true: the queue is deleted or replaced also while tasks are in it, or may still come to it by former steps of a workflow; these tasks are then deleted, too',
    ),
  },
  { additionalProperties: false },
)

export type TaskQueueInputs = Static<typeof inputs>

/** Where tasks wait for one of the workers that an expression selects. */
export const taskQueue: ResourceDescription = {
  token: 'twilio:taskrouter:TaskQueue',
  description: 'A queue of tasks, served by the workers that an expression selects.',
  host: 'taskrouter.twilio.com',
  collection: '/v1/Workspaces/{workspaceSid}/TaskQueues',
  id: ['workspaceSid', 'sid'],
  identity: { property: 'friendlyName', rows: 'task_queues', listsByName: true, unique: false },
  lookUp: 'getTaskQueue',
  inputs,
  outputs: outputs({}),
  replaceOn: ['workspaceSid'],
  localOnly: ['force'],
  canonical: { targetWorkers: canonicalExpression },
  readings: {
    workers: {
      of: 'targetWorkers',
      read: readExpression,
      tell: (changes) =>
        changes.map((change) => sentenceOf({ ...change, keys: ['workers', ...change.keys] })),
    },
    reservationActivity: nameReading('reservationActivitySid', 'reservation activity'),
    assignmentActivity: nameReading('assignmentActivitySid', 'assignment activity'),
  },
  guard: {
    count: countTasks,
    remedy: 'Let them end; a workflow that leads elsewhere keeps new ones away',
    forced: 'these tasks are deleted, too',
    end: (context) => deleteTasks(context, 'TaskQueueSid'),
    countRefused: tasksOnOldSteps,
    foresee: tasksToStay,
  },
  // A workflow that refers to the queue keeps it a moment longer.
  deleteWaits: true,
  inTheWay: workflowsInTheWay,
  check: ({ targetWorkers }) => doubtsAbout(targetWorkers).errors,
  warnings: ({ targetWorkers }) => doubtsAbout(targetWorkers).warnings,
}

// Twilio's refusal need not say which they are.
async function workflowsInTheWay(context: HookContext): Promise<string | undefined> {
  const workflows = await workflowsTo(context)
  const names = workflows.map((row) => `${String(row['friendly_name'])} (${String(row['sid'])})`)
  if (names.length === 0) return olderTasksInTheWay(context)
  return `workflows lead to it: ${names.join(', ')}. Take the queue out of their configuration first; one that a program declares should take the SID from the queue’s output, then Pulumi keeps the order`
}

type Doubts = { readonly errors: readonly Problem[]; readonly warnings: readonly Problem[] }

function doubtsAbout(targetWorkers: unknown): Doubts {
  const path = 'targetWorkers'
  if (targetWorkers === '') {
    const message = 'is empty, and so matches no worker: leave it out for all of them'
    return { errors: [], warnings: [{ path, message }] }
  }
  if (typeof targetWorkers !== 'string' || targetWorkers === unknownValue) {
    return { errors: [], warnings: [] }
  }
  try {
    const expression = parseExpression(targetWorkers, 'task-queue')
    const odd = lintExpression(targetWorkers, expression, 'task-queue')
    return { errors: [], warnings: odd.map(({ message }) => ({ path, message })) }
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    return { errors: [{ path, message: error.message }], warnings: [] }
  }
}
