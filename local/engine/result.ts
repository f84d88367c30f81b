import type { Diagnostic, StepOp, StepResult } from './planning/step.ts'
import type { PropertyMap } from './values/property-value.ts'

/** Operations of the engine. */
export type OperationKind = 'preview' | 'up' | 'refresh' | 'destroy' | 'import'

/** What an operation did, or a preview would do. */
export type OperationResult = {
  readonly kind: OperationKind
  readonly stack: string
  readonly project: string
  /** Whether everything asked for was done. */
  readonly ok: boolean
  /** Whether it was cut short by `cancel()`. */
  readonly canceled: boolean
  readonly steps: readonly StepResult[]
  readonly diagnostics: readonly Diagnostic[]
  /** How many resources each kind of change concerns; a replacement counts once. */
  readonly summary: Summary
  /** The stack's outputs, secrets wrapped. */
  readonly outputs: PropertyMap
  readonly config: { readonly [key: string]: string }
  readonly durationMs: number
}

/** Resources by what happens to them. */
export type Summary = { readonly [op in StepOp]?: number }

/** Counts steps as Pulumi's summary does. */
export function summarise(steps: readonly StepResult[]): Summary {
  const counts = new Map<StepOp, number>()
  for (const step of steps) {
    const op = countedOp(step)
    if (op && !step.failed) counts.set(op, (counts.get(op) ?? 0) + 1)
  }
  return Object.fromEntries(counts)
}

function countedOp(step: StepResult): StepOp | undefined {
  switch (step.op) {
    // A replacement is counted by its logical step alone.
    case 'create-replacement':
    case 'delete-replaced':
    case 'discard-replaced':
    case 'read-replacement':
    case 'import-replacement':
    case 'remove-pending-replace':
      return undefined
    case 'refresh':
      return step.refreshed ?? 'same'
    default:
      return step.op
  }
}
