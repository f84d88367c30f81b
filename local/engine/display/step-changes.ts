import type { StepResult } from '../planning/step.ts'
import type { ResourceState } from '../state/resource-state.ts'
import { type PropertyPath, parsePath, resetAt } from '../values/property-path.ts'
import { equalValues, type PropertyMap } from '../values/property-value.ts'
import type { PropertyChange } from './value-diff.ts'

/** What a step changes in a resource, by the provider's detailed diff where there is one. */
export function stepChanges(
  step: StepResult,
  old: ResourceState,
  next: ResourceState,
): readonly PropertyChange[] {
  const { detailedDiff } = step
  const replaceKeys = new Set(step.replaceKeys)
  const refresh = step.op === 'refresh'
  const paths = Object.entries(detailedDiff ?? {}).map(([text, { inputDiff }]) => ({
    path: parsePath(text),
    inputDiff,
  }))
  const byInputs = new Map<string, boolean>(
    paths.map(({ path, inputDiff }) => [String(path[0]), inputDiff]),
  )
  const names = detailedDiff
    ? [...byInputs.keys()]
    : [...new Set([...Object.keys(old.inputs), ...Object.keys(next.inputs)])]
  return names
    .sort()
    .map((name) => {
      const fromOutputs = byInputs.get(name) === false && !refresh
      const before = fromOutputs ? (old.outputs?.[name] ?? old.inputs[name]) : old.inputs[name]
      const inside = paths.map(({ path }) => path).filter(([first]) => String(first) === name)
      const named = fromOutputs ? undefined : onlyAt(inside, old.inputs, next.inputs)[name]
      // What it names may lie inside a secret, where nobody can look.
      const tells = named !== undefined && !equalValues(before, named)
      const after = tells ? named : next.inputs[name]
      return { name, before, after, replaces: replaceKeys.has(name) }
    })
    .filter(({ before, after, replaces }) => replaces || !equalValues(before, after))
}

/** The old inputs with the new values at these places: what the provider did not name is no news. */
function onlyAt(paths: readonly PropertyPath[], before: PropertyMap, after: PropertyMap) {
  return paths.length === 0
    ? after
    : paths.reduce((inputs, path) => resetAt(inputs, after, namesOf(path)), before)
}

// Elements of lists shift when one comes or goes, so lists are compared as a whole.
function namesOf(path: PropertyPath): PropertyPath {
  const index = path.findIndex((part) => typeof part === 'number')
  return index === -1 ? path : path.slice(0, index)
}
