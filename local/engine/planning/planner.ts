import type { Goal } from '../program/goal.ts'
import type { Registered } from '../program/monitor.ts'
import type { Entry } from '../state/snapshot.ts'
import type { PropertyMap } from '../values/property-value.ts'
import { createUrn, isProviderType } from '../values/urn.ts'
import { indexDependents } from './dependents.ts'
import type { Run } from './run.ts'

/** What the planning of one program run remembers from registration to registration. */
export type Planner = {
  readonly run: Run
  /** Plans and executes a goal; how default providers come into being on the way. */
  readonly register: (goal: Goal) => Promise<Registered>
  /** What the default provider of a package is configured with. */
  readonly providerInputs: (packageName: string) => PropertyMap
  /** Goals registered (or read) in this run, by URN. */
  readonly goals: Map<string, Goal>
  /** URNs of this run that were found in the old state under another one. */
  readonly oldUrns: Map<string, string>
  /** Resources that were or are being replaced in this run. */
  readonly replaced: Set<string>
  /** Deleted before they are made anew: why, by URN. Their registration recreates them. */
  readonly deletedEarly: Map<string, readonly string[]>
  /** Default providers asked for so far: a promise of the reference, by package, version and address. */
  readonly defaultProviders: Map<string, Promise<string>>
  /** Provider resources as they were before this run. */
  readonly providersBefore: readonly Entry[]
  /** Who depended on whom before this run. */
  readonly dependents: () => ReadonlyMap<string, readonly Entry[]>
  /** Runs one cascade of deletions at a time, since each looks at what the others took. */
  readonly exclusively: <T>(job: () => Promise<T>) => Promise<T>
}

/** A planner for one run of a program. */
export function createPlanner(
  run: Run,
  providerInputs: (packageName: string) => PropertyMap,
  register: (planner: Planner, goal: Goal) => Promise<Registered>,
): Planner {
  let dependents: ReadonlyMap<string, readonly Entry[]> | undefined
  let last: Promise<unknown> = Promise.resolve()
  // Taken before anything changes: cascades follow the dependencies of the previous state.
  const before = run.store.snapshot.remaining()
  const planner: Planner = {
    run,
    register: (goal) => register(planner, goal),
    providerInputs,
    goals: new Map(),
    oldUrns: new Map(),
    replaced: new Set(),
    deletedEarly: new Map(),
    defaultProviders: new Map(),
    providersBefore: before.filter(({ state }) => isProviderType(state.type)),
    dependents: () => {
      dependents ??= indexDependents(before)
      return dependents
    },
    exclusively: (job) => {
      const result = last.then(job)
      last = result.catch(() => {})
      return result
    },
  }
  return planner
}

/** The URN a goal gets in this run. */
export function urnOfGoal(planner: Planner, goal: Pick<Goal, 'parent' | 'type' | 'name'>): string {
  const { stack, project } = planner.run
  return createUrn({ stack, project, parentUrn: goal.parent, type: goal.type, name: goal.name })
}
