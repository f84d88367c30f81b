import type { StepResult } from '../planning/step.ts'
import type { OperationResult } from '../result.ts'
import { type ResourceState, writeState } from '../state/resource-state.ts'
import { isSecret, mapProperties, mapValue, type PropertyMap } from '../values/property-value.ts'
import { parseUrn, rootStackType } from '../values/urn.ts'
import { isDefaultProviderStep } from './render-plan.ts'

/** The result in the shape of `pulumi preview --json`; secrets are masked. */
export function toJson(result: OperationResult): object {
  const { config, diagnostics, durationMs, summary } = result
  return {
    ...(Object.keys(config).length > 0 ? { config } : {}),
    steps: result.steps.filter(isListed).map(stepJson),
    ...(diagnostics.length > 0
      ? {
          diagnostics: diagnostics.map(({ urn, message, severity }) => ({
            ...(urn ? { urn } : {}),
            prefix: `${severity}: `,
            message,
            severity,
          })),
        }
      : {}),
    duration: Math.round(durationMs * 1e6),
    changeSummary: summary,
  }
}

// Pulumi leaves out default providers and what stays as it is, but lists the stack; a replacement is one step.
function isListed(step: StepResult): boolean {
  if (isDefaultProviderStep(step)) return false
  if (step.op === 'same') return parseUrn(step.urn).type === rootStackType
  return !['create-replacement', 'delete-replaced', 'discard-replaced'].includes(step.op)
}

function stepJson(step: StepResult): object {
  const { op, urn, old, new: next, diffKeys, replaceKeys, detailedDiff } = step
  const provider = next?.provider ?? old?.provider
  return {
    op,
    urn,
    ...(provider ? { provider } : {}),
    ...(old ? { oldState: stateJson(old) } : {}),
    ...(next ? { newState: stateJson(next) } : {}),
    ...(diffKeys && diffKeys.length > 0 ? { diffReasons: diffKeys } : {}),
    ...(replaceKeys && replaceKeys.length > 0 ? { replaceReasons: replaceKeys } : {}),
    detailedDiff: detailedDiff ?? null,
  }
}

function stateJson(state: ResourceState): object {
  return writeState(
    { ...state, inputs: mask(state.inputs), outputs: state.outputs && mask(state.outputs) },
    (value) => value,
  )
}

function mask(map: PropertyMap): PropertyMap {
  return mapProperties(map, (value) =>
    mapValue(value, (item) => (isSecret(item) ? '[secret]' : item)),
  )
}
