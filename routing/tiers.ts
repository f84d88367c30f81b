/** One step of an escalation: who is asked, for how long, how urgently. `Queue` is what names a queue. */
export type Tier<Queue = string> = {
  readonly name: string
  /** Where the task waits; the first tier needs one, a later tier stays where the one before was. */
  readonly queue?: Queue
  /** Which workers of the queue, over `task.…` and `worker.…`; default all of them. */
  readonly workers?: string
  /** How long the tier lasts, in whole seconds; default for ever. */
  readonly timeoutSeconds?: number
  /** The task's priority from here on; default unchanged. */
  readonly priority?: number
  /** Leaves the tier at once if nobody can take the task and this holds, over `workers.…`. */
  readonly skipIf?: string
  /** Which worker first: `worker.<attribute> ASC|DESC`, comma-separated. */
  readonly orderBy?: string
}

/** The tiers that the tasks of one kind pass through, first to last. */
export type TieredFilter<Queue = string> = {
  readonly name: string
  /** Which tasks, over their attributes. */
  readonly expression: string
  readonly tiers: readonly Tier<Queue>[]
}

/** A TaskRouter configuration whose queues are named by `Queue`: a SID, or a Pulumi output of one. */
export type TieredConfiguration<Queue = string> = {
  task_routing: {
    filters: {
      filter_friendly_name: string
      expression: string
      targets: TieredTarget<Queue>[]
    }[]
    default_filter?: { queue: Queue }
  }
}

type TieredTarget<Queue> = {
  queue?: Queue
  expression?: string
  timeout?: number
  priority?: number
  skip_if?: string
  order_by?: string
}

/** TaskRouter's own reservation timeout, which holds where no tier ends. */
export const defaultReservationTimeoutSeconds = 120

/** Tiers that make no workflow, whatever the centre. */
export class UnusableTiers extends Error {
  override readonly name = 'UnusableTiers'
  readonly code = 'unusable-tiers'
  readonly filter: string
  readonly tier: string | undefined

  constructor(filter: string, tier: string | undefined, trouble: string) {
    super(`filter “${filter}”${tier === undefined ? '' : `, tier “${tier}”`}: ${trouble}`)
    this.filter = filter
    this.tier = tier
  }
}

/**
 * Compiles named tiers to a TaskRouter configuration. Each tier lasts its own `timeoutSeconds`: TaskRouter adds the timeouts of a
 * filter up and compares the sum with the task's age, so written one after another they follow each other without a gap. A tier
 * that is skipped leaves its time to the next one.
 */
export function compileTiers<Queue = string>(workflow: {
  readonly filters: readonly TieredFilter<Queue>[]
  readonly defaultQueue?: Queue
}): TieredConfiguration<Queue> {
  return {
    task_routing: {
      filters: workflow.filters.map((filter) => ({
        filter_friendly_name: filter.name,
        expression: filter.expression,
        targets: compileFilter(filter),
      })),
      ...(workflow.defaultQueue === undefined
        ? {}
        : { default_filter: { queue: workflow.defaultQueue } }),
    },
  }
}

/**
 * The reservation timeout that lets every tier end in time: the shortest tier's. A pending reservation outlasts the deadline of
 * its tier, so with a longer one the next tier would begin late.
 */
export function fittingReservationTimeout(filters: readonly TieredFilter<unknown>[]): number {
  const timeouts = filters
    .flatMap(({ tiers }) => tiers)
    .flatMap(({ timeoutSeconds }) => timeoutSeconds ?? [])
  return Math.min(defaultReservationTimeoutSeconds, ...timeouts)
}

/** Says what a reservation timeout longer than the shortest tier does; undefined if it fits. */
export function reservationTimeoutWarning(
  filters: readonly TieredFilter<unknown>[],
  reservationTimeoutSeconds: number,
): string | undefined {
  const late = filters.flatMap(({ name, tiers }) =>
    tiers
      .filter((tier) => (tier.timeoutSeconds ?? Infinity) < reservationTimeoutSeconds)
      .map((tier) => `“${tier.name}” of “${name}” (${tier.timeoutSeconds} s)`),
  )
  if (late.length === 0) return undefined
  return (
    `a reservation may stay pending for ${reservationTimeoutSeconds} s, longer than ${late.join(', ')}: ` +
    `such a tier ends late while a worker lets it ring; leave it out, or use at most ${fittingReservationTimeout(filters)}`
  )
}

function compileFilter<Queue>(filter: TieredFilter<Queue>): TieredTarget<Queue>[] {
  if (filter.tiers.length === 0) {
    throw new UnusableTiers(filter.name, undefined, 'has no tiers; give it one at least')
  }
  return filter.tiers.map((tier, index) => {
    if (index === 0 && tier.queue === undefined) {
      throw new UnusableTiers(filter.name, tier.name, 'has no queue; the first tier needs one')
    }
    const seconds = tier.timeoutSeconds
    if (seconds !== undefined && !(Number.isInteger(seconds) && seconds >= 1)) {
      throw new UnusableTiers(
        filter.name,
        tier.name,
        `timeoutSeconds is ${seconds}; use a whole number of seconds from 1`,
      )
    }
    return compileTier(tier)
  })
}

// Absent keys stay absent: TaskRouter keeps what it is sent, and an empty text is not the same as none.
function compileTier<Queue>(tier: Tier<Queue>): TieredTarget<Queue> {
  return {
    ...(tier.queue === undefined ? {} : { queue: tier.queue }),
    ...(tier.workers === undefined ? {} : { expression: tier.workers }),
    ...(tier.timeoutSeconds === undefined ? {} : { timeout: tier.timeoutSeconds }),
    ...(tier.priority === undefined ? {} : { priority: tier.priority }),
    ...(tier.skipIf === undefined ? {} : { skip_if: tier.skipIf }),
    ...(tier.orderBy === undefined ? {} : { order_by: tier.orderBy }),
  }
}
