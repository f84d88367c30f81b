import { oldState } from '../provider/configured-provider.ts'
import type { DetailedDiff, DiffKind, Provider, ReadResult } from '../provider/provider.ts'
import { targetOf } from '../provider/provider-registry.ts'
import { InitializationFailed } from '../provider/rpc-error.ts'
import type { ResourceState } from '../state/resource-state.ts'
import type { Entry } from '../state/snapshot.ts'
import { equalValues } from '../values/property-value.ts'
import { isManaged } from './deletions.ts'
import { withSecrets } from './execute-step.ts'
import { settleDiff } from './resource-diff.ts'
import { failRun, providerOf, type Run, say, timestamp } from './run.ts'

/**
 * Reads every managed resource and gives the list of states as the world has them now. A resource whose reading fails
 * keeps its state; the others are read all the same.
 */
export async function refreshAll(run: Run): Promise<readonly ResourceState[]> {
  const entries = run.store.snapshot.remaining()
  const refreshed = await Promise.all(
    entries.map((entry) =>
      isManaged(entry.state) ? run.limit(() => refreshOne(run, entry)) : entry.state,
    ),
  )
  const gone = new Map<string, ResourceState>()
  entries.forEach(({ state }, i) => {
    if (!refreshed[i] && !state.delete) gone.set(state.urn, state)
  })
  return refreshed.flatMap((state) => (state ? [tidy(state, gone)] : []))
}

async function refreshOne(run: Run, { state }: Entry): Promise<ResourceState | undefined> {
  if (run.halt.reason) return state
  const startedAt = performance.now()
  const { urn } = state
  run.emit({ kind: 'step-started', op: 'refresh', urn })
  const tell = (
    after: ResourceState | undefined,
    refreshed: 'same' | 'update' | 'delete',
    detailedDiff?: DetailedDiff,
    failed = false,
  ) => {
    const durationMs = performance.now() - startedAt
    const step = { op: 'refresh', urn, old: state, new: after, refreshed, detailedDiff } as const
    const result = { ...step, durationMs, ...(failed ? { failed } : {}) }
    run.steps.push(result)
    run.emit({ kind: 'step-ended', step: result })
    return after
  }
  try {
    const provider = await providerOf(run, state)
    if (!provider) return state
    const { read, initErrors } = await readNow(run, provider, state)
    if (read.id === '') return tell(undefined, 'delete')
    const after = merge(state, read, initErrors)
    const detailedDiff = await findDrift(provider, state, after)
    return tell(after, detailedDiff ? 'update' : 'same', detailedDiff)
  } catch (error) {
    tell(state, 'same', undefined, true)
    run.verdict.failed = true
    if (run.halt.reason !== 'canceled') {
      say(run, 'error', error instanceof Error ? error.message : String(error), urn)
    } else failRun(run, error, urn)
    return state
  }
}

async function readNow(
  run: Run,
  provider: Provider,
  state: ResourceState,
): Promise<{ readonly read: ReadResult; readonly initErrors: readonly string[] }> {
  const { id = '', inputs, outputs = {} } = state
  try {
    const timeout = state.customTimeouts?.read ?? 0
    const read = await provider.read(targetOf(state), id, { inputs, outputs }, timeout)
    return { read, initErrors: [] }
  } catch (error) {
    if (!(error instanceof InitializationFailed)) throw error
    say(run, 'warning', error.message, state.urn)
    const { id: found, inputs: foundInputs, outputs: foundOutputs, reasons } = error
    return {
      read: { id: found || id, inputs: foundInputs, outputs: foundOutputs },
      initErrors: reasons,
    }
  }
}

function merge(
  state: ResourceState,
  read: ReadResult,
  initErrors: readonly string[],
): ResourceState {
  const inputs = state.external ? state.inputs : (read.inputs ?? state.inputs)
  const outputs = withSecrets({ ...state, inputs }, read.outputs ?? {})
  const same = equalValues(inputs, state.inputs) && equalValues(outputs, state.outputs ?? {})
  return {
    ...state,
    id: read.id,
    // Unchanged values stay the same objects, so that their secrets are not encrypted anew.
    ...(same ? {} : { inputs, outputs, modified: timestamp() }),
    initErrors,
  }
}

/** How the world differs from what was wanted. The roles are swapped: the provider diffs from what is to what was. */
async function findDrift(
  provider: Provider,
  before: ResourceState,
  after: ResourceState,
): Promise<DetailedDiff | undefined> {
  if (before.external) return undefined
  const { ignoreChanges = [] } = before
  const answer = await provider.diff(
    targetOf(before),
    oldState(after),
    before.inputs,
    ignoreChanges,
  )
  const diff = settleDiff(answer, after.inputs, before.inputs)
  if (diff.changes !== 'some') return undefined
  const inverted = Object.entries(diff.detailedDiff ?? {}).map(([path, { kind, inputDiff }]) => [
    path,
    { kind: invert(kind), inputDiff },
  ])
  return Object.fromEntries(inverted)
}

function invert(kind: DiffKind): DiffKind {
  if (kind.startsWith('add')) return 'delete'
  return kind.startsWith('delete') ? 'add' : 'update'
}

/** The state without references to resources that are gone; whoever lost its parent goes to the grandparent. */
function tidy(state: ResourceState, gone: ReadonlyMap<string, ResourceState>): ResourceState {
  const stays = (urn: string) => !gone.has(urn)
  let { parent } = state
  for (let lost = gone.get(parent ?? ''); lost; lost = gone.get(parent ?? '')) parent = lost.parent
  const propertyDependencies = Object.entries(state.propertyDependencies ?? {})
    .map(([property, urns]) => [property, urns.filter(stays)] as const)
    // Pulumi's refresh drops the entries that are empty.
    .filter(([, urns]) => urns.length > 0)
  return {
    ...state,
    parent,
    dependencies: state.dependencies?.filter(stays),
    propertyDependencies: Object.fromEntries(propertyDependencies),
    deletedWith: state.deletedWith && stays(state.deletedWith) ? state.deletedWith : undefined,
  }
}
