import { ResourceError } from '../errors.ts'
import type { Goal } from '../program/goal.ts'
import type { Registered } from '../program/monitor.ts'
import type { Diff, Provider } from '../provider/provider.ts'
import type { ResourceState } from '../state/resource-state.ts'
import type { Entry } from '../state/snapshot.ts'
import { isUnknown, type PropertyMap } from '../values/property-value.ts'
import { isProviderType, packageOfType } from '../values/urn.ts'
import { aliasUrns } from './alias-urns.ts'
import { resolveProvider } from './default-provider.ts'
import { diffResource } from './diff-resource.ts'
import { executeStep } from './execute-step.ts'
import { importResource, isImport } from './import-resource.ts'
import { checkInputs, inheritOptions, plannedState } from './planned-state.ts'
import { type Planner, urnOfGoal } from './planner.ts'
import { replacementSteps } from './replacement.ts'
import { applyIgnoreChanges, isReplacement } from './resource-diff.ts'
import { providerOf, say } from './run.ts'
import type { Step } from './step.ts'

/** Plans and executes what one registration needs, and gives its answer. */
export async function registerResource(planner: Planner, request: Goal): Promise<Registered> {
  const { run, goals } = planner
  const urn = urnOfGoal(planner, request)
  const inherited = acceptGoal(planner, urn, request)
  goals.set(urn, inherited)
  const goal = await withProvider(planner, inherited)
  const old = findOld(planner, urn, goal)
  const provider = await providerOf(run, goal)
  if (provider && isImport(goal, old?.state)) {
    return answer(await importResource(planner, urn, goal, old, provider), [])
  }
  const { steps, diff } = await planSteps(planner, urn, goal, old, provider)
  let state: ResourceState | undefined
  for (const step of steps) state = (await executeStep(run, step)) ?? state
  if (!state) throw new ResourceError(urn, `${urn}: no step left a state`)
  return answer(state, diff?.stableKeys ?? [])
}

function acceptGoal(planner: Planner, urn: string, request: Goal): Goal {
  const { run, goals } = planner
  if (goals.has(urn)) {
    throw new ResourceError(urn, `Duplicate resource URN '${urn}'; try giving it a unique name`)
  }
  const parent = goals.get(request.parent)
  if (request.parent && !parent) {
    throw new ResourceError(urn, `${urn}: its parent ${request.parent} is not registered`)
  }
  const goal = inheritOptions(request, parent)
  if (!goal.additionalSecretOutputs.includes('id')) return goal
  say(
    run,
    'warning',
    'the id of a resource cannot be made secret; see additionalSecretOutputs',
    urn,
  )
  const additionalSecretOutputs = goal.additionalSecretOutputs.filter((name) => name !== 'id')
  return { ...goal, additionalSecretOutputs }
}

async function withProvider(planner: Planner, goal: Goal): Promise<Goal> {
  if (!goal.custom || isProviderType(goal.type)) return goal
  return { ...goal, provider: await resolveProvider(planner, packageOfType(goal.type), goal) }
}

function findOld(planner: Planner, urn: string, goal: Goal): Entry | undefined {
  const { snapshot } = planner.run.store
  const own = snapshot.old(urn)
  if (own) return own
  const { project, stack } = planner.run
  const oldUrnOf = (parent: string) => planner.oldUrns.get(parent)
  for (const alias of aliasUrns(urn, goal, { project, stack, oldUrnOf })) {
    const entry = snapshot.old(alias)
    if (!entry || planner.goals.has(alias)) continue
    planner.oldUrns.set(urn, alias)
    return entry
  }
  return undefined
}

async function planSteps(
  planner: Planner,
  urn: string,
  goal: Goal,
  old: Entry | undefined,
  provider: Provider | undefined,
): Promise<{ readonly steps: readonly Step[]; readonly diff?: Diff }> {
  const check = (olds: PropertyMap, news: PropertyMap) =>
    checkInputs(provider, { urn, type: goal.type }, olds, news)
  const planFresh = async () => plannedState(urn, goal, await check({}, goal.inputs))
  if (!old) return { steps: [{ op: 'create', urn, new: await planFresh() }] }

  const replaceKeys = planner.deletedEarly.get(urn)
  if (replaceKeys) {
    planner.replaced.add(urn)
    const next = await planFresh()
    return {
      steps: [
        { op: 'replace', urn, old, new: next, replaceKeys },
        { op: 'create-replacement', urn, old, new: next, replaceKeys },
      ],
    }
  }
  if (old.state.external) {
    planner.replaced.add(urn)
    const next = await planFresh()
    return {
      steps: [
        { op: 'create-replacement', urn, old, new: next, oldWaits: true },
        { op: 'replace', urn, old, new: next },
      ],
    }
  }
  const inputs = applyIgnoreChanges(goal.inputs, old.state.inputs, goal.ignoreChanges)
  const next = plannedState(urn, goal, await check(old.state.inputs, inputs))
  const diff = await diffResource(planner, old.state, next, provider)
  if (isReplacement(diff) || old.state.pendingReplacement) {
    return { steps: await replacementSteps(planner, goal, old, diff, planFresh), diff }
  }
  return { steps: [changeStep(urn, old, next, diff)], diff }
}

function changeStep(urn: string, old: Entry, next: ResourceState, diff: Diff): Step {
  // A resource that was left half-made is finished by an update without changes.
  if (diff.changes === 'none' && !old.state.initErrors?.length)
    return { op: 'same', urn, old, new: next }
  return {
    op: 'update',
    urn,
    old,
    new: next,
    diffKeys: diff.changedKeys,
    stableKeys: diff.stableKeys,
    detailedDiff: diff.detailedDiff,
  }
}

function answer(state: ResourceState, stables: readonly string[]): Registered {
  const { urn, id = '', custom } = state
  return {
    urn,
    id: isUnknown(id) ? '' : id,
    outputs: custom ? (state.outputs ?? {}) : state.inputs,
    stables,
  }
}
