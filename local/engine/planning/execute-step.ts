import { ResourceError } from '../errors.ts'
import { markSecretOutputs } from '../provider/answer-secrets.ts'
import { oldState } from '../provider/configured-provider.ts'
import { targetOf } from '../provider/provider-registry.ts'
import { InitializationFailed } from '../provider/rpc-error.ts'
import type { PendingType, ResourceState } from '../state/resource-state.ts'
import { equalStates } from '../state/resource-state.ts'
import { isProviderType } from '../values/urn.ts'
import { providerOf, type Run, timestamp } from './run.ts'
import type { Step, StepResult } from './step.ts'

/** A step that failed, after everything it left was recorded. */
export class StepFailed extends ResourceError {
  override readonly name: string = 'StepFailed'
}

let lastOperation = 0

/**
 * Executes one step: records that it begins, calls the provider, records what came of it. The record that it begins is
 * on the disk before the provider is called. Gives the state the resource has afterwards.
 */
export async function executeStep(run: Run, step: Step): Promise<ResourceState | undefined> {
  return run.limit(async () => {
    if (run.halt.reason) throw new StepFailed(step.urn, 'the run has stopped')
    const startedAt = performance.now()
    if (step.op !== 'same') run.emit({ kind: 'step-started', op: step.op, urn: step.urn })
    const tell = (after: ResourceState | undefined, failed: boolean) => {
      const { old, new: planned, oldWaits: _waits, thenRecreated: _again, ...rest } = step
      const result: StepResult = {
        ...rest,
        ...(old ? { old: old.state } : {}),
        ...((after ?? planned) ? { new: after ?? planned } : {}),
        ...(failed ? { failed } : {}),
        durationMs: performance.now() - startedAt,
      }
      run.steps.push(result)
      run.emit({ kind: 'step-ended', step: result })
    }
    const work = apply(run, step)
    run.underWay.add(work)
    try {
      const after = await work
      tell(after, false)
      return after
    } catch (error) {
      tell(undefined, true)
      const message = error instanceof Error ? error.message : String(error)
      throw new StepFailed(step.urn, message, { cause: error })
    } finally {
      run.underWay.delete(work)
    }
  })
}

function apply(run: Run, step: Step): Promise<ResourceState | undefined> {
  switch (step.op) {
    case 'same':
      return applySame(run, step)
    case 'create':
    case 'create-replacement':
      return applyCreate(run, step)
    case 'update':
      return applyUpdate(run, step)
    case 'delete':
    case 'delete-replaced':
    case 'discard':
    case 'discard-replaced':
      return applyDelete(run, step)
    case 'remove-pending-replace':
      run.store.record({ kind: 'drop', handle: handleOf(step) })
      return Promise.resolve(undefined)
    case 'read':
    case 'read-replacement':
    case 'import':
    case 'import-replacement':
      return applyPut(run, step)
    // Logical steps: the creation and the deletion beside them do the work.
    case 'replace':
    case 'refresh':
      return Promise.resolve(undefined)
    default:
      throw new Error(`no such step: ${step.op satisfies never}`)
  }
}

async function applySame(run: Run, step: Step): Promise<ResourceState> {
  const { old, new: next } = required(step)
  const carried: ResourceState = { ...next, ...kept(old.state) }
  const { outputs } = carried
  const state = outputs ? { ...carried, outputs: withSecrets(carried, outputs) } : carried
  if (isProviderType(state.type)) await run.registry.activate(state)
  if (equalStates(state, old.state) && state.urn === old.state.urn) {
    run.store.record({ kind: 'same', handle: old.handle })
    return old.state
  }
  put(run, step, state)
  return state
}

async function applyCreate(run: Run, step: Step): Promise<ResourceState> {
  const { new: planned } = required(step, 'new')
  const now = timestamp()
  const stamped = { ...planned, created: now, modified: now }
  const provider = await providerOf(run, planned)
  if (!provider) {
    put(run, step, stamped)
    return stamped
  }
  return call(run, step, 'creating', planned, stamped, () =>
    provider.create(targetOf(planned), planned.inputs, {
      preview: run.preview,
      timeout: planned.customTimeouts?.create ?? 0,
    }),
  )
}

async function applyUpdate(run: Run, step: Step): Promise<ResourceState> {
  const { old, new: next } = required(step)
  const { created, id, outputs } = old.state
  const planned = { ...next, id, created }
  const stamped = { ...planned, modified: timestamp() }
  const provider = await providerOf(run, planned)
  if (!provider) {
    const state = { ...stamped, outputs }
    put(run, step, state)
    return state
  }
  return call(run, step, 'updating', { ...planned, outputs }, stamped, () =>
    provider.update(targetOf(planned), oldState(old.state), planned.inputs, {
      preview: run.preview,
      timeout: planned.customTimeouts?.update ?? 0,
      ignoreChanges: planned.ignoreChanges ?? [],
    }),
  )
}

/** Makes the call between its begin and its end; a half-made object is recorded and still counts as failure. */
async function call(
  run: Run,
  step: Step,
  type: PendingType,
  pending: ResourceState,
  stamped: ResourceState,
  write: () => Promise<{ readonly id: string; readonly outputs: ResourceState['inputs'] }>,
): Promise<ResourceState> {
  const operation = await begin(run, type, pending)
  try {
    const { id, outputs } = await write()
    const state = { ...stamped, id, outputs: withSecrets(stamped, outputs) }
    put(run, step, state, operation)
    return state
  } catch (error) {
    if (!(error instanceof InitializationFailed)) {
      if (operation !== undefined) run.store.record({ kind: 'end', operation })
      throw error
    }
    const { id, outputs, inputs = stamped.inputs, reasons } = error
    const state = { ...stamped, id: id || stamped.id, inputs, initErrors: reasons }
    put(run, step, { ...state, outputs: withSecrets(state, outputs) }, operation)
    throw error
  }
}

async function applyDelete(run: Run, step: Step): Promise<undefined> {
  const { old } = required(step, 'old')
  const { state, handle } = old
  const silent = step.retained || !callsDelete(state) || run.preview
  const provider = silent ? undefined : await providerOf(run, state)
  const operation = provider ? await begin(run, 'deleting', state) : undefined
  try {
    if (provider) {
      const timeout = state.customTimeouts?.delete ?? 0
      await provider.delete(targetOf(state), oldState(state), timeout)
    }
  } catch (error) {
    if (operation !== undefined) run.store.record({ kind: 'end', operation })
    throw error
  }
  if (step.thenRecreated) {
    run.store.record({ kind: 'mark', handle, mark: 'pendingReplacement', operation })
  } else run.store.record({ kind: 'drop', handle, operation })
  return undefined
}

// What was read is complete already: the reading itself was part of planning.
async function applyPut(run: Run, step: Step): Promise<ResourceState> {
  const { new: state } = required(step, 'new')
  put(run, step, state)
  return state
}

/** Whether deleting this resource is anything to its provider. */
export function callsDelete(state: ResourceState): boolean {
  return state.custom && !state.external && !isProviderType(state.type)
}

/** Outputs with those wrapped that are secret by their inputs or by the program's wish. */
export function withSecrets(
  state: ResourceState,
  outputs: ResourceState['inputs'],
): ResourceState['inputs'] {
  return markSecretOutputs(outputs, state.inputs, state.additionalSecretOutputs ?? [])
}

/** Records that a call begins; holds when this is on the disk. */
export async function begin(
  run: Run,
  type: PendingType,
  resource: ResourceState,
): Promise<number | undefined> {
  if (run.preview || isProviderType(resource.type)) return undefined
  const operation = ++lastOperation
  run.store.record({ kind: 'begin', operation, type, resource })
  await run.store.durable()
  return operation
}

function put(run: Run, step: Step, state: ResourceState, operation?: number): void {
  const { old, oldWaits } = step
  run.store.record({
    kind: 'put',
    state,
    ...(old ? (oldWaits ? { condemns: old.handle } : { replaces: old.handle }) : {}),
    ...(old && old.state.urn !== state.urn ? { renamed: old.state.urn } : {}),
    operation,
  })
}

function kept(old: ResourceState): Partial<ResourceState> {
  const { id, outputs, created, modified, initErrors, external } = old
  return { id, outputs, created, modified, initErrors, external }
}

function handleOf(step: Step): number {
  return required(step, 'old').old.handle
}

type With<K extends 'old' | 'new'> = Step & Required<Pick<Step, K>>

function required(step: Step): With<'old' | 'new'>
function required<K extends 'old' | 'new'>(step: Step, key: K): With<K>
function required(step: Step, key?: 'old' | 'new'): Step {
  const missing = (['old', 'new'] as const).find((name) => (!key || key === name) && !step[name])
  if (missing) throw new Error(`step ${step.op} of ${step.urn} has no ${missing} state`)
  return step
}
