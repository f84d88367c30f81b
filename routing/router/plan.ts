import type { WorkflowConfiguration, WorkflowTarget } from '../../schemas/index.ts'
import {
  compileExpression,
  compilePath,
  type Getter,
  type Predicate,
} from '../expression/compile.ts'
import { parseOrderBy } from '../expression/order-by.ts'
import { parseExpression } from '../expression/parse.ts'
import { parsePathText } from '../expression/path-text.ts'
import { type Expression, pathsOf } from '../expression/tree.ts'
import type { Sid } from '../router-contract.ts'
import { RouterRefusal } from './router-refusal.ts'
import type { Line, Queue } from './state.ts'

/** One version of a workflow's configuration, compiled. Waiting tasks keep the version they entered. */
export type Plan = {
  readonly id: number
  readonly workflowSid: Sid
  readonly configuration: WorkflowConfiguration
  readonly filters: readonly Filter[]
  readonly defaultStep: Step | null
  /** Queues that its steps name. */
  readonly queues: ReadonlySet<Queue>
  liveTasks: number
}

export type Filter = {
  readonly friendlyName: string | null
  readonly matches: Predicate
  readonly steps: readonly Step[]
}

export type Step = {
  /** −1 for the default filter and for a queue that the task itself names. */
  readonly filterIndex: number
  readonly targetIndex: number
  readonly filterFriendlyName: string | null
  readonly queue: Queue
  readonly priority: number | null
  /** Age at which the step times out, counted from the filter's base; Infinity if it has no timeout. */
  readonly deadlineAge: number
  readonly expression: TargetExpression | null
  readonly orderBy: readonly OrderKey[]
  readonly skipIf: SkipIf | null
  readonly knownWorker: KnownWorker | null
  /** The lines of this step by channel index and by what the task brings into the step. */
  readonly lines: Map<unknown, Line>[]
}

export type TargetExpression = {
  readonly matches: Predicate
  /** The values of the task that it looks at; tasks with equal ones share a line. */
  readonly taskValues: readonly Getter[]
  /** Looks at what a worker is doing, which changes without his attributes changing. */
  readonly volatile: boolean
  /** Those of its conditions that do not; absent: there are none. Who does not fulfil them need not be looked at again. */
  readonly lasting?: Predicate
  /** Gives from the task the SIDs of the only workers who can fulfil it: `worker.sid IN task.offered_to`. */
  readonly named?: Getter
}

export type OrderKey = { readonly value: Getter; readonly descending: boolean }
/** `names` are the counts it looks at, such as `available`. */
export type SkipIf = { readonly holds: Predicate; readonly names: readonly string[] }
export type KnownWorker = { readonly by: 'sid' | 'friendly-name'; readonly value: Getter }

/** Compiles a configuration; throws a `RouterRefusal` for what TaskRouter's API would refuse. */
export function compilePlan(
  id: number,
  workflowSid: Sid,
  configuration: WorkflowConfiguration,
  queues: ReadonlyMap<Sid, Queue>,
): Plan {
  const routing = configuration.task_routing
  const filters = (routing.filters ?? []).map((filter, index): Filter => {
    const friendlyName = filter.filter_friendly_name ?? filter.friendly_name ?? null
    const path = `task_routing.filters[${index}]`
    let queue: Queue | undefined
    let deadlineAge = 0
    const steps = filter.targets.map((target, targetIndex) => {
      const targetPath = `${path}.targets[${targetIndex}]`
      if (target.queue !== undefined) queue = findQueue(target.queue, targetPath)
      if (!queue) throw refusal(`${targetPath}.queue is missing; the first target must name one`)
      // A step without a timeout adds nothing to the sum for those behind it.
      if (target.timeout !== undefined) deadlineAge += Number(target.timeout) * 1000
      const position = { filterIndex: index, targetIndex, filterFriendlyName: friendlyName }
      const age = target.timeout === undefined ? Number.POSITIVE_INFINITY : deadlineAge
      return compileStep({ ...position, queue, deadlineAge: age }, target, targetPath)
    })
    const matches = compile(filter.expression, `${path}.expression`)
    return { friendlyName, matches: compileExpression(matches), steps }
  })
  const defaultStep = routing.default_filter && compileDefault(routing.default_filter)
  return {
    id,
    workflowSid,
    configuration,
    filters,
    defaultStep: defaultStep ?? null,
    queues: new Set(
      [...filters.flatMap((filter) => filter.steps), ...(defaultStep ? [defaultStep] : [])].map(
        (step) => step.queue,
      ),
    ),
    liveTasks: 0,
  }

  function compileDefault(target: WorkflowTarget): Step {
    const path = 'task_routing.default_filter'
    if (target.queue === undefined) throw refusal(`${path}.queue is missing`)
    return compileStep({ ...outside, queue: findQueue(target.queue, path) }, target, path)
  }

  function compileStep(position: Position, target: WorkflowTarget, path: string): Step {
    return {
      ...position,
      priority: target.priority === undefined ? null : Number(target.priority),
      expression:
        target.expression === undefined
          ? null
          : compileTarget(compile(target.expression, `${path}.expression`)),
      orderBy:
        target.order_by === undefined ? [] : compileOrder(target.order_by, `${path}.order_by`),
      skipIf:
        target.skip_if === undefined
          ? null
          : compileSkipIf(compile(target.skip_if, `${path}.skip_if`)),
      knownWorker: compileKnownWorker(target, path),
      lines: [],
    }
  }

  function findQueue(sid: Sid, path: string): Queue {
    const queue = queues.get(sid)
    if (!queue) throw refusal(`${path}.queue ${sid} is not a task queue of this workspace`)
    return queue
  }

  function compile(text: string, path: string): Expression {
    return guarded(path, () => parseExpression(text))
  }

  function compileOrder(text: string, path: string): readonly OrderKey[] {
    return guarded(path, () => parseOrderBy(text)).map((clause) => ({
      value: compilePath({ segments: clause.path.segments.slice(1) }),
      descending: clause.direction === 'DESC',
    }))
  }

  function compileKnownWorker(target: WorkflowTarget, path: string): KnownWorker | null {
    const by = target.known_worker_sid === undefined ? 'friendly-name' : 'sid'
    const text = target.known_worker_sid ?? target.known_worker_friendly_name
    if (text === undefined) return null
    const key = by === 'sid' ? 'known_worker_sid' : 'known_worker_friendly_name'
    const { segments } = guarded(`${path}.${key}`, () => parsePathText(text))
    return { by, value: compilePath({ segments: segments[0] === 'task' ? segments.slice(1) : [] }) }
  }

  function guarded<T>(path: string, parse: () => T): T {
    try {
      return parse()
    } catch (cause) {
      const problem = cause instanceof Error ? cause.message : String(cause)
      throw refusal(`${path}: ${problem}`, cause)
    }
  }

  function refusal(problem: string, cause?: unknown): RouterRefusal {
    return new RouterRefusal(
      'invalid',
      workflowSid,
      `Invalid configuration of workflow ${workflowSid}: ${problem}`,
      cause,
    )
  }
}

type Position = Pick<
  Step,
  'filterIndex' | 'targetIndex' | 'filterFriendlyName' | 'queue' | 'deadlineAge'
>

const outside = {
  filterIndex: -1,
  targetIndex: 0,
  filterFriendlyName: null,
  deadlineAge: Number.POSITIVE_INFINITY,
}

/** The step of a task that names its queue itself: every worker of the queue, until its TTL. */
export function directStep(queue: Queue): Step {
  const nothing = { priority: null, expression: null, skipIf: null, knownWorker: null }
  return { ...outside, ...nothing, queue, orderBy: [], lines: [] }
}

const volatileFields = new Set(['activity_sid', 'activity_name', 'channel'])

function compileTarget(expression: Expression): TargetExpression {
  const paths = pathsOf(expression)
  const taskPaths = paths.filter(({ segments }) => segments[0] === 'task')
  const lasting = conjuncts(expression).filter((part) => !isVolatile(part))
  const [named] = lasting.flatMap(namesWorkers)
  return {
    matches: compileExpression(expression),
    taskValues: taskPaths.map(({ segments }) => compilePath({ segments: segments.slice(1) })),
    volatile: isVolatile(expression),
    ...(lasting.length > 0 && { lasting: compileAll(lasting) }),
    ...(named && { named }),
  }
}

function namesWorkers(part: Expression): readonly Getter[] {
  if (part.kind !== 'comparison' || part.operator !== 'IN') return []
  const { left, right } = part
  if (left.kind !== 'path' || left.segments.join('.') !== 'worker.sid') return []
  if (right.kind !== 'path' || right.segments[0] !== 'task') return []
  return [compilePath({ segments: right.segments.slice(1) })]
}

function isVolatile(expression: Expression): boolean {
  return pathsOf(expression).some(
    ({ segments }) => segments[0] === 'worker' && volatileFields.has(String(segments[1])),
  )
}

function conjuncts(expression: Expression): readonly Expression[] {
  return expression.kind === 'and'
    ? [...conjuncts(expression.left), ...conjuncts(expression.right)]
    : [expression]
}

function compileAll(expressions: readonly Expression[]): Predicate {
  const predicates = expressions.map(compileExpression)
  return (scope) => predicates.every((holds) => holds(scope))
}

function compileSkipIf(expression: Expression): SkipIf {
  const names = pathsOf(expression)
    .filter(({ segments }) => segments[0] === 'workers')
    .map(({ segments }) => String(segments[1]))
  return { holds: compileExpression(expression), names }
}
