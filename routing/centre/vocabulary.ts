import type { CentreDeclaration } from '../../schemas/index.ts'
import type { ExpressionContext } from '../expression/context.ts'
import { ExpressionError } from '../expression/expression-error.ts'
import type { PathNode } from '../expression/tree.ts'
import { closestName } from './closest-name.ts'

/** What expressions may name. */
export type Vocabulary = {
  readonly task: ReadonlySet<string>
  readonly worker: ReadonlySet<string>
  /** Friendly names, the values of `worker.activity_name`. */
  readonly activityNames: ReadonlySet<string>
}

const places = ['city', 'state', 'zip', 'country']
// Every task that <Enqueue> makes has these.
const callAttributes = [
  'call_sid',
  'account_sid',
  'from',
  'to',
  'caller',
  'called',
  'direction',
  'call_status',
  'api_version',
  ...['from', 'to', 'caller', 'called'].flatMap((who) => places.map((place) => `${who}_${place}`)),
]
// Fields of the worker itself, which a target may name beside the attributes.
const workerFields = ['sid', 'friendly_name', 'activity_sid', 'activity_name', 'channel']
// A new workspace comes with these activities.
const ownActivities = ['Offline', 'Unavailable', 'Available']
const workerCounts = ['available', 'unavailable']

/** The names that a centre declares, its workers carry, and Twilio adds. */
export function vocabularyOf({ attributes, workers, activities }: CentreDeclaration): Vocabulary {
  const carried = Object.values(workers).flatMap((worker) => Object.keys(worker.attributes))
  return {
    task: new Set([...attributes.task, ...callAttributes]),
    worker: new Set([...attributes.worker, ...carried]),
    activityNames: new Set([
      ...Object.values(activities).map(({ friendlyName }) => friendlyName),
      ...ownActivities,
    ]),
  }
}

/** The error for a path that names nothing; undefined if the vocabulary has it. */
export function unknownName(
  text: string,
  path: PathNode,
  context: ExpressionContext,
  vocabulary: Vocabulary,
): ExpressionError | undefined {
  const [first, second] = path.segments.map(String)
  if (first === undefined) return undefined
  switch (context) {
    case 'filter':
      return unknownAttribute(text, path, first, vocabulary.task, 'task')
    case 'task-queue':
      return unknownAttribute(text, path, first, vocabulary.worker, 'worker')
    case 'target':
    case 'order-by': {
      if (second === undefined) return undefined
      if (first === 'task') return unknownAttribute(text, path, second, vocabulary.task, 'task')
      const known = new Set([...vocabulary.worker, ...workerFields])
      return unknownAttribute(text, path, second, known, 'worker')
    }
    case 'skip-if': {
      if (second === undefined || workerCounts.includes(second)) return undefined
      if (/^WA[0-9a-fA-F]{32}$/.test(second)) return undefined
      return new ExpressionError(
        text,
        path.start,
        `workers have no count “${second}”`,
        'use workers.available, workers.unavailable, or workers.WA… with the SID of an activity',
      )
    }
    default:
      throw new Error(`No such context: ${context satisfies never}`)
  }
}

function unknownAttribute(
  text: string,
  path: PathNode,
  name: string,
  known: ReadonlySet<string>,
  whose: 'task' | 'worker',
): ExpressionError | undefined {
  if (known.has(name)) return undefined
  const inner = path.segments[1]
  if ((name === 'task' || name === 'worker') && inner !== undefined) {
    return new ExpressionError(
      text,
      path.start,
      `attributes have no prefix “${name}” here`,
      name === whose
        ? `write ${inner}`
        : `this expression sees the ${whose}’s attributes only; move the condition to a tier’s workers`,
    )
  }
  const meant = closestName(name, known)
  return new ExpressionError(
    text,
    path.start,
    `no ${whose} attribute “${name}” is declared`,
    meant
      ? `did you mean “${meant}”?`
      : `declare it in attributes.${whose}, or put quotes around it if it is a text`,
  )
}
