import { type ResourceState, references } from '../state/resource-state.ts'
import type { Entry } from '../state/snapshot.ts'
import { parseProviderReference } from '../values/urn.ts'

/** URNs a resource depends on in any way, its provider and parent included. */
export function dependencyUrns(state: ResourceState): Set<string> {
  const urns = new Set(references(state).map(({ urn }) => urn))
  if (state.provider) urns.add(parseProviderReference(state.provider).urn)
  return urns
}

/** Who depends on whom, the other way round; built once, asked often. */
export function indexDependents(entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> {
  const dependents = new Map<string, Entry[]>()
  for (const entry of entries) {
    for (const urn of dependencyUrns(entry.state)) {
      const list = dependents.get(urn)
      if (list) list.push(entry)
      else dependents.set(urn, [entry])
    }
  }
  return dependents
}

/** Everything that depends on a resource, directly or through others, in the order of the state. */
export function transitiveDependents(
  urn: string,
  dependents: ReadonlyMap<string, readonly Entry[]>,
): readonly Entry[] {
  const found = new Map<number, Entry>()
  const open = [urn]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const entry of dependents.get(next) ?? []) {
      if (found.has(entry.handle)) continue
      found.set(entry.handle, entry)
      open.push(entry.state.urn)
    }
  }
  return [...found.values()].sort((a, b) => a.handle - b.handle)
}
