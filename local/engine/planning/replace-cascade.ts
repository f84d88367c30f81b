import type { ResourceState } from '../state/resource-state.ts'
import type { Entry } from '../state/snapshot.ts'
import { mapProperties, unknownValue } from '../values/property-value.ts'
import { parseProviderReference } from '../values/urn.ts'
import { transitiveDependents } from './dependents.ts'
import { askProvider } from './diff-resource.ts'
import type { Planner } from './planner.ts'
import { isReplacement } from './resource-diff.ts'
import { providerOf } from './run.ts'

/** A dependent that must go before the resource it depends on can be made anew, and the properties that say so. */
export type Condemned = { readonly entry: Entry; readonly replaceKeys: readonly string[] }

/**
 * The dependents that a deletion before a replacement takes along, in dependency order. A dependent goes when its
 * provider goes, when it is `deletedWith` one that goes, or when its own provider would replace it if the inputs it
 * has from there were unknown. A mere `dependsOn` takes nothing along.
 */
export async function findCondemned(planner: Planner, root: Entry): Promise<readonly Condemned[]> {
  const going = new Set([root.state.urn])
  const condemned: Condemned[] = []
  for (const entry of transitiveDependents(root.state.urn, planner.dependents())) {
    const { state } = entry
    if (!state.custom || state.external || state.delete || state.pendingReplacement) continue
    if (planner.goals.has(state.urn) || planner.deletedEarly.has(state.urn)) continue
    const replaceKeys = await reasons(planner, state, going)
    if (!replaceKeys) continue
    going.add(state.urn)
    condemned.push({ entry, replaceKeys })
  }
  return condemned
}

async function reasons(
  planner: Planner,
  state: ResourceState,
  going: ReadonlySet<string>,
): Promise<readonly string[] | undefined> {
  if (state.provider && going.has(parseProviderReference(state.provider).urn)) return ['provider']
  if (state.deletedWith && going.has(state.deletedWith)) return ['deletedWith']
  const affected = Object.entries(state.propertyDependencies ?? {})
    .filter(([, urns]) => urns.some((urn) => going.has(urn)))
    .map(([property]) => property)
  const provider = await providerOf(planner.run, state)
  if (affected.length === 0 || !provider) return undefined
  const inputs = mapProperties(state.inputs, (value, key) =>
    affected.includes(key) && !state.ignoreChanges?.includes(key) ? unknownValue : value,
  )
  const diff = await askProvider(state, { ...state, inputs }, provider)
  return isReplacement(diff) ? diff.replaceKeys : undefined
}
