import { ResourceError } from '../errors.ts'
import type { Goal } from '../program/goal.ts'
import type { Provider } from '../provider/provider.ts'
import { targetOf } from '../provider/provider-registry.ts'
import type { ResourceState } from '../state/resource-state.ts'
import type { Entry } from '../state/snapshot.ts'
import { isProviderType } from '../values/urn.ts'
import { askProvider } from './diff-resource.ts'
import { executeStep, withSecrets } from './execute-step.ts'
import { checkInputs, plannedState } from './planned-state.ts'
import type { Planner } from './planner.ts'
import { applyIgnoreChanges, isReplacement } from './resource-diff.ts'
import { say, timestamp } from './run.ts'

/** Whether the option `import` brings in another object than the state knows. */
export function isImport(goal: Goal, old: ResourceState | undefined): boolean {
  if (!goal.importId || isProviderType(goal.type)) return false
  return !old || old.external === true || (old.importID || old.id) !== goal.importId
}

/** Takes an existing object under management; an update follows when it differs from what the program says. */
export async function importResource(
  planner: Planner,
  urn: string,
  goal: Goal,
  old: Entry | undefined,
  provider: Provider,
): Promise<ResourceState> {
  const { run } = planner
  const found = await readForImport(provider, urn, goal)
  const news = applyIgnoreChanges(goal.inputs, found.inputs, goal.ignoreChanges)
  const inputs = await checkInputs(provider, { urn, type: goal.type }, found.inputs, news)
  const next = plannedState(urn, goal, inputs)
  const diff = await askProvider(found, next, provider)
  if (isReplacement(diff)) {
    const message =
      'previously-imported resources that still specify an ID may not be replaced; please remove the `import` declaration from your program'
    if (!run.preview) throw new ResourceError(urn, message)
    say(run, 'warning', message, urn)
  }
  const now = timestamp()
  const imported = {
    ...next,
    inputs: diff.changes === 'none' ? inputs : found.inputs,
    id: found.id,
    outputs: withSecrets(next, found.outputs ?? {}),
    created: now,
    modified: now,
  }
  const replaces = old && !old.state.external
  if (replaces) {
    planner.replaced.add(urn)
    await executeStep(run, { op: 'import-replacement', urn, old, new: imported, oldWaits: true })
    await executeStep(run, { op: 'replace', urn, old, new: imported })
  } else await executeStep(run, { op: 'import', urn, old, new: imported })
  const entry = run.store.snapshot.current(urn)
  if (diff.changes === 'none' || !entry) return imported
  const updated = await executeStep(run, {
    op: 'update',
    urn,
    old: entry,
    new: next,
    diffKeys: diff.changedKeys,
    stableKeys: diff.stableKeys,
    detailedDiff: diff.detailedDiff,
  })
  return updated ?? imported
}

/** What the provider says of an object known by its id alone, as the state it would have. */
export async function readForImport(
  provider: Provider,
  urn: string,
  goal: Pick<Goal, 'type' | 'importId' | 'customTimeouts'>,
): Promise<ResourceState> {
  const { type, importId } = goal
  const read = await provider.read(
    targetOf({ urn, type }),
    importId,
    {},
    goal.customTimeouts.read ?? 0,
  )
  if (read.id === '' || !read.outputs) {
    throw new ResourceError(urn, `resource '${importId}' does not exist`)
  }
  if (!read.inputs) {
    throw new ResourceError(
      urn,
      `provider does not support importing resources of type ${type}; remove the import of '${importId}'`,
    )
  }
  const { id, inputs, outputs } = read
  return { urn, custom: true, type, id, inputs, outputs, importID: importId }
}
