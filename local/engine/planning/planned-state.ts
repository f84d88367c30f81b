import { ResourceError } from '../errors.ts'
import type { Goal } from '../program/goal.ts'
import type { Provider } from '../provider/provider.ts'
import { targetOf } from '../provider/provider-registry.ts'
import type { ResourceState } from '../state/resource-state.ts'
import {
  equalValues,
  isUnknown,
  mapProperties,
  type PropertyMap,
  type PropertyValue,
} from '../values/property-value.ts'
import { isProviderType } from '../values/urn.ts'

/** The state a goal asks for, as far as planning knows it: no id, no outputs. */
export function plannedState(urn: string, goal: Goal, inputs: PropertyMap): ResourceState {
  return {
    urn,
    custom: goal.custom,
    type: goal.type,
    inputs,
    parent: goal.parent,
    protect: goal.protect,
    dependencies: goal.dependencies,
    provider: goal.custom && !isProviderType(goal.type) ? goal.provider : undefined,
    propertyDependencies: goal.propertyDependencies,
    additionalSecretOutputs: goal.additionalSecretOutputs,
    customTimeouts: goal.customTimeouts,
    importID: goal.importId,
    retainOnDelete: goal.retainOnDelete,
    deletedWith: goal.deletedWith,
    ignoreChanges: goal.ignoreChanges,
    hideDiff: goal.hideDiff,
    replaceOnChanges: goal.replaceOnChanges,
    replacementTrigger: goal.replacementTrigger,
  }
}

/** A child takes over from its parent what it says nothing about itself. */
export function inheritOptions(goal: Goal, parent: Goal | undefined): Goal {
  if (!parent) return goal
  return {
    ...goal,
    protect: goal.protect ?? parent.protect,
    retainOnDelete: goal.retainOnDelete ?? parent.retainOnDelete,
    deletedWith: goal.deletedWith || parent.deletedWith,
  }
}

/** The inputs as the provider accepts them; throws naming every property it refuses. */
export async function checkInputs(
  provider: Provider | undefined,
  resource: { readonly urn: string; readonly type: string },
  olds: PropertyMap,
  news: PropertyMap,
): Promise<PropertyMap> {
  if (!provider) return news
  const target = targetOf(resource)
  const { inputs, failures } = await provider.check(target, olds, news)
  if (failures.length > 0) {
    const lines = failures.map(({ property, reason }) =>
      property === ''
        ? reason
        : `${target.type} resource '${target.name}': property ${property} value {${shown(news[property])}} has a problem: ${reason}`,
    )
    throw new ResourceError(target.urn, lines.join('\n'))
  }
  return keepOldParts(inputs, olds)
}

// An input equal to its old one is kept as the same object: what is the same in memory is not encrypted anew.
function keepOldParts(news: PropertyMap, olds: PropertyMap): PropertyMap {
  return mapProperties(news, (value, key) => {
    const old = olds[key]
    return old !== undefined && equalValues(old, value) ? old : value
  })
}

function shown(value: PropertyValue | undefined): string {
  if (value === undefined) return ''
  if (isUnknown(value)) return 'unknown'
  return typeof value === 'object' ? '…' : String(value)
}
