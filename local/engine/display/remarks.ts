import type { Diagnostic, StepResult } from '../planning/step.ts'
import type { OperationResult } from '../result.ts'

/** What a provider said about the steps that are shown. */
export type Remarks = ReadonlyMap<StepResult, readonly string[]>

/** Finds for each remark about a resource the step that it is about; what belongs to none is told apart. */
export function placeRemarks(
  { steps, diagnostics }: OperationResult,
  shown: readonly StepResult[],
): { readonly remarks: Remarks; readonly others: readonly Diagnostic[] } {
  const remarks = new Map<StepResult, string[]>()
  const others: Diagnostic[] = []
  for (const diagnostic of diagnostics) {
    const { severity, urn, message, afterSteps = 0 } = diagnostic
    const step =
      severity === 'info' && urn !== ''
        ? shown.find((each) => each.urn === urn && steps.indexOf(each) >= afterSteps)
        : undefined
    if (step) remarks.set(step, [...(remarks.get(step) ?? []), message])
    else others.push(diagnostic)
  }
  return { remarks, others }
}
