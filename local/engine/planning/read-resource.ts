import { ResourceError } from '../errors.ts'
import { emptyGoal } from '../program/goal.ts'
import type { InvokeGoal, ReadGoal } from '../program/monitor.ts'
import type { CheckFailure } from '../provider/provider.ts'
import { targetOf } from '../provider/provider-registry.ts'
import type { ResourceState } from '../state/resource-state.ts'
import { containsUnknown, isUnknown, type PropertyMap } from '../values/property-value.ts'
import { packageOfType } from '../values/urn.ts'
import { resolveProvider } from './default-provider.ts'
import { executeStep, withSecrets } from './execute-step.ts'
import { type Planner, urnOfGoal } from './planner.ts'

/** Reads an object that is not this stack's to manage; it stands in the state as external. */
export async function readResource(
  planner: Planner,
  request: ReadGoal,
): Promise<{ readonly urn: string; readonly outputs: PropertyMap }> {
  const { run, goals } = planner
  const urn = urnOfGoal(planner, request)
  if (goals.has(urn)) {
    throw new ResourceError(urn, `Duplicate resource URN '${urn}'; try giving it a unique name`)
  }
  goals.set(urn, { ...emptyGoal, ...request, custom: true })
  const reference = await resolveProvider(planner, packageOfType(request.type), request)
  const planned: ResourceState = {
    urn,
    custom: true,
    type: request.type,
    id: request.id,
    inputs: {},
    parent: request.parent,
    external: true,
    dependencies: request.dependencies,
    provider: reference,
    additionalSecretOutputs: request.additionalSecretOutputs,
  }
  const state = { ...planned, outputs: withSecrets(planned, await read(planner, planned, request)) }
  const old = run.store.snapshot.old(urn)
  const replaces = old && !old.state.external && old.state.id !== request.id
  if (replaces) {
    planner.replaced.add(urn)
    await executeStep(run, { op: 'read-replacement', urn, old, new: state, oldWaits: true })
    await executeStep(run, { op: 'replace', urn, old, new: state })
  } else await executeStep(run, { op: 'read', urn, old, new: state })
  return { urn, outputs: state.outputs }
}

/** Calls a function of a provider; with unknown arguments there is no answer yet. */
export async function invokeFunction(
  planner: Planner,
  goal: InvokeGoal,
): Promise<{ readonly result: PropertyMap; readonly failures: readonly CheckFailure[] }> {
  const reference = await resolveProvider(planner, packageOfType(goal.token), goal)
  if (containsUnknown(goal.args)) return { result: {}, failures: [] }
  const provider = await planner.run.registry.get(reference)
  return provider.invoke(goal.token, goal.args, planner.run.preview)
}

async function read(
  planner: Planner,
  { urn, type, provider = '' }: ResourceState,
  { id, inputs }: ReadGoal,
): Promise<PropertyMap> {
  if (isUnknown(id)) return {}
  const source = await planner.run.registry.get(provider)
  const known = { inputs: {}, outputs: inputs }
  const result = await source.read(targetOf({ urn, type }), id, known, 0)
  if (result.id === '') throw new ResourceError(urn, `resource '${id}' does not exist`)
  return result.outputs ?? {}
}
