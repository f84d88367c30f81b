import { parseProviderReference } from '../values/urn.ts'
import { type ResourceState, references } from './resource-state.ts'

/** Says what breaks the order that every checkpoint keeps, undefined when nothing does. */
export function integrityProblem(resources: readonly ResourceState[]): string | undefined {
  const earlier = new Map<string, ResourceState>()
  const providers = new Set<string>()
  for (const state of resources) {
    const problem = ownProblem(state, earlier, providers)
    if (problem) return problem
    earlier.set(state.urn, state)
    providers.add(`${state.urn}::${state.id ?? ''}`)
  }
  return undefined
}

function ownProblem(
  state: ResourceState,
  earlier: ReadonlyMap<string, ResourceState>,
  providers: ReadonlySet<string>,
): string | undefined {
  const { urn } = state
  if (!state.custom && state.id) return `component ${urn} has an id`
  const twin = earlier.get(urn)
  if (twin && !twin.delete && !state.delete) return `${urn} is listed twice`
  for (const reference of references(state)) {
    if (!earlier.has(reference.urn)) {
      return `${urn} refers in ${reference.field} to ${reference.urn}, which is not listed before it`
    }
  }
  if (state.provider && !state.pendingReplacement) {
    if (!providers.has(state.provider)) {
      const provider = parseProviderReference(state.provider)
      return `${urn} is managed by provider ${provider.urn} with id ${provider.id}, which is not listed before it`
    }
  }
  return undefined
}
