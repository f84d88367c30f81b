import type { Provider } from '../provider/provider.ts'
import type { ProviderRegistry } from '../provider/provider-registry.ts'
import type { ResourceState } from '../state/resource-state.ts'
import type { StateStore } from '../state/state-store.ts'
import { isProviderType } from '../values/urn.ts'
import type { Limit } from './limit.ts'
import type { Diagnostic, EngineEvent, StepResult } from './step.ts'

/** One operation under way: what everybody who plans or executes shares. */
export type Run = {
  readonly preview: boolean
  readonly project: string
  readonly stack: string
  readonly store: StateStore
  readonly registry: ProviderRegistry
  /** Bounds the steps that run at the same time. */
  readonly limit: Limit
  readonly steps: StepResult[]
  readonly diagnostics: Diagnostic[]
  readonly emit: (event: EngineEvent) => void
  /** Set by the first failure or by cancellation: nothing new starts. */
  readonly halt: { reason: 'failed' | 'canceled' | undefined; readonly happened: Promise<void> }
  /** Ends what was begun: called once, with the first failure or at cancellation. */
  readonly stop: (reason: 'failed' | 'canceled') => void
  /** Whether anything failed, also where the run went on. */
  readonly verdict: { failed: boolean }
  /** Calls to providers that have not returned. */
  readonly underWay: Set<Promise<unknown>>
}

/** Says something about a resource, or about the whole with an empty URN. */
export function say(
  run: Run,
  severity: Diagnostic['severity'],
  message: string,
  urn = '',
  blocks = false,
): void {
  const about = { severity, message, urn, afterSteps: run.steps.length }
  const diagnostic: Diagnostic = { ...about, ...(blocks ? { blocks } : {}) }
  run.diagnostics.push(diagnostic)
  run.emit({ kind: 'diagnostic', diagnostic })
}

/** Tells of a failure and stops the run. */
export function failRun(run: Run, error: unknown, urn = ''): void {
  run.verdict.failed = true
  // Once stopped, what fails because of the stopping itself is no news.
  if (run.halt.reason !== 'canceled' || !isTornDown(error)) {
    say(run, 'error', error instanceof Error ? error.message : String(error), urn)
  }
  run.stop('failed')
}

/** A promise that never settles: an answer the program does not get, because the run has stopped. */
export const never: Promise<never> = new Promise(() => {})

/** The provider that manages a resource; undefined for components. */
export function providerOf(
  run: Run,
  state: Pick<ResourceState, 'custom' | 'type' | 'provider'>,
): Promise<Provider> | undefined {
  if (!state.custom) return undefined
  if (isProviderType(state.type)) return Promise.resolve(run.registry.lifecycle)
  return run.registry.get(state.provider ?? '')
}

/** The present moment as checkpoints write it. */
export function timestamp(): string {
  return new Date().toISOString()
}

function isTornDown(error: unknown): boolean {
  return error instanceof Error && /cancel/i.test(error.message)
}
