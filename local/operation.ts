import { type OperationResult, renderPlan } from './engine/index.ts'
import { Failure } from './failure.ts'

/** An operation of the engine that did not do everything it was asked for. */
export class OperationFailed extends Failure {
  override readonly name = 'OperationFailed'
  readonly result: OperationResult

  constructor(result: OperationResult) {
    // What went well before is in the summary; whoever mends it needs the reasons.
    super('operation-failed', renderPlan({ ...result, steps: [] }))
    this.result = result
  }
}

/** Passes on a result that is as it should be; throws `OperationFailed` for another. */
export function requireOk(result: OperationResult): OperationResult {
  if (!result.ok) throw new OperationFailed(result)
  return result
}

/** Whether anything but `same` and outputs happened, or would happen. */
export function hasChanges({ steps }: OperationResult): boolean {
  return steps.some(
    ({ op, refreshed }) => op !== 'same' && !(op === 'refresh' && refreshed === 'same'),
  )
}
