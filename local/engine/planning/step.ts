import type { DetailedDiff } from '../provider/provider.ts'
import type { ResourceState } from '../state/resource-state.ts'
import type { Entry } from '../state/snapshot.ts'

/** What is done to one resource; the words are Pulumi's. */
export type StepOp =
  | 'same'
  | 'create'
  | 'update'
  | 'delete'
  | 'replace'
  | 'create-replacement'
  | 'delete-replaced'
  | 'read'
  | 'read-replacement'
  | 'refresh'
  | 'discard'
  | 'discard-replaced'
  | 'remove-pending-replace'
  | 'import'
  | 'import-replacement'

/** One planned step. */
export type Step = {
  readonly op: StepOp
  readonly urn: string
  readonly old?: Entry
  readonly new?: ResourceState
  /** What becomes of the old one when a new one is made: it waits for its deletion, or it has gone before. */
  readonly oldWaits?: boolean
  /** A deletion after which the resource is made anew at once. */
  readonly thenRecreated?: boolean
  /** Properties because of which a resource is replaced. */
  readonly replaceKeys?: readonly string[]
  /** Top-level properties that differ. */
  readonly diffKeys?: readonly string[]
  readonly stableKeys?: readonly string[]
  readonly detailedDiff?: DetailedDiff
  /** A refresh's finding. */
  readonly refreshed?: 'same' | 'update' | 'delete'
  /** A deletion that leaves the object in the world. */
  readonly retained?: boolean
}

/** A step as an operation's result tells it. */
export type StepResult = Omit<Step, 'old' | 'new' | 'oldWaits' | 'thenRecreated'> & {
  readonly old?: ResourceState
  readonly new?: ResourceState
  readonly failed?: boolean
  readonly durationMs: number
}

/** Something said to the person who runs the engine. */
export type Diagnostic = {
  readonly severity: 'info' | 'warning' | 'error'
  readonly message: string
  /** The resource it is about; empty when about the whole. */
  readonly urn: string
  /** How many steps had ended when it was said: what it is about comes after them. */
  readonly afterSteps?: number
  /** What is planned would fail because of it. */
  readonly blocks?: boolean
}

/** What an operation tells while it runs. */
export type EngineEvent =
  | { readonly kind: 'step-started'; readonly op: StepOp; readonly urn: string }
  | { readonly kind: 'step-ended'; readonly step: StepResult }
  | { readonly kind: 'diagnostic'; readonly diagnostic: Diagnostic }
  /** A line that the program printed. */
  | { readonly kind: 'output'; readonly line: string; readonly stream: 'stdout' | 'stderr' }
