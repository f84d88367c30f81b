import type { DiffResponse } from '@pulumi/pulumi/proto/provider_pb.js'
import providerProto from '@pulumi/pulumi/proto/provider_pb.js'
import type { DetailedDiff, Diff, DiffKind } from './provider.ts'

const kinds: readonly DiffKind[] = [
  'add',
  'add-replace',
  'delete',
  'delete-replace',
  'update',
  'update-replace',
]

/** Reads a provider's answer to Diff or DiffConfig. */
export function readDiff(answer: DiffResponse): Diff {
  const { DiffChanges } = providerProto.DiffResponse
  const detailedDiff: Record<string, DetailedDiff[string]> = {}
  for (const [path, diff] of answer.getDetaileddiffMap().entries()) {
    const kind = kinds[diff.getKind()] ?? 'update'
    detailedDiff[path] = { kind, inputDiff: diff.getInputdiff() }
  }
  const changes = answer.getChanges()
  const given = Object.keys(detailedDiff).length > 0
  return {
    changes:
      changes === DiffChanges.DIFF_NONE
        ? 'none'
        : changes === DiffChanges.DIFF_SOME
          ? 'some'
          : 'unknown',
    replaceKeys: answer.getReplacesList(),
    changedKeys: answer.getDiffsList(),
    stableKeys: answer.getStablesList(),
    deleteBeforeReplace: answer.getDeletebeforereplace(),
    detailedDiff: given ? detailedDiff : undefined,
  }
}
