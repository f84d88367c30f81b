import { oldState } from '../provider/configured-provider.ts'
import type { Diff, Provider } from '../provider/provider.ts'
import { targetOf } from '../provider/provider-registry.ts'
import type { ResourceState } from '../state/resource-state.ts'
import {
  containsUnknown,
  equalValues,
  type PropertyValue,
  unwrapSecret,
} from '../values/property-value.ts'
import { isDefaultProvider, isProviderType, parseProviderReference } from '../values/urn.ts'
import type { Planner } from './planner.ts'
import {
  applyReplaceOnChanges,
  isReplacement,
  noDiff,
  replacementBecause,
  settleDiff,
} from './resource-diff.ts'

/** What has to happen to a resource: reasons that need no provider first, then the provider's own opinion. */
export async function diffResource(
  planner: Planner,
  old: ResourceState,
  next: ResourceState,
  provider: Provider | undefined,
): Promise<Diff> {
  if (triggerDiffers(old.replacementTrigger, next.replacementTrigger)) {
    return replacementBecause('replacementTrigger')
  }
  if (next.deletedWith && planner.replaced.has(next.deletedWith)) {
    return replacementBecause('deletedWith')
  }
  if (old.custom !== next.custom || (await providerDemandsReplacement(planner, old, next))) {
    return replacementBecause('provider')
  }
  if (!provider) {
    const same = equalValues(old.inputs, next.inputs)
    return same
      ? noDiff
      : {
          ...settleDiff({ ...noDiff, changes: 'unknown' }, old.inputs, next.inputs),
          changes: 'some',
        }
  }
  return askProvider(old, next, provider)
}

/** The provider's diff, settled, with `replaceOnChanges` applied. */
export async function askProvider(
  old: ResourceState,
  next: ResourceState,
  provider: Provider,
): Promise<Diff> {
  const { ignoreChanges = [], replaceOnChanges = [] } = next
  const answer = await provider.diff(targetOf(next), oldState(old), next.inputs, ignoreChanges)
  // A provider resource is compared by what it was configured with, which its outputs repeat.
  const olds = isProviderType(old.type) ? (old.outputs ?? {}) : old.inputs
  const settled = settleDiff(answer, olds, next.inputs)
  return applyReplaceOnChanges(settled, replaceOnChanges, (old.initErrors ?? []).length > 0)
}

// No trigger on either side is no change; an unknown one can only be a new one.
function triggerDiffers(
  before: PropertyValue | undefined,
  after: PropertyValue | undefined,
): boolean {
  if (before === undefined || before === null || after === undefined || after === null) return false
  return containsUnknown(after) || !equalValues(unwrapSecret(before), unwrapSecret(after))
}

async function providerDemandsReplacement(
  planner: Planner,
  old: ResourceState,
  next: ResourceState,
): Promise<boolean> {
  if (!old.provider || !next.provider || old.provider === next.provider) return false
  const before = parseProviderReference(old.provider)
  const after = parseProviderReference(next.provider)
  if (before.urn === after.urn || planner.oldUrns.get(after.urn) === before.urn) {
    return planner.replaced.has(after.urn)
  }
  // An explicit provider taken or left is another account, for all the engine knows.
  if (!isDefaultProvider(before.urn) || !isDefaultProvider(after.urn)) return true
  const { snapshot } = planner.run.store
  const oldProvider = snapshot.old(before.urn)?.state
  const newProvider = snapshot.current(after.urn)?.state
  if (!oldProvider || !newProvider) return false
  const { lifecycle } = planner.run.registry
  const diff = await lifecycle.diff(
    targetOf(newProvider),
    oldState(oldProvider),
    newProvider.inputs,
    [],
  )
  return isReplacement(diff)
}
