import { EngineError } from '../errors.ts'
import type { PendingOperation, ResourceState } from '../state/resource-state.ts'

/** The warning an update begins with when an earlier one was killed; empty when there is nothing to say. */
export function pendingWarning(pending: readonly PendingOperation[]): string {
  if (pending.length === 0) return ''
  return [
    `Attempting to deploy or update resources with ${pending.length} pending operations from previous deployment.`,
    ...pending.map(({ resource, type }) => `  * ${resource.urn}, interrupted while ${type}`),
    'The engine was interrupted while these changes were under way; look in the real world whether they came about.',
    'A refresh clears all of them but creations. For those: refresh with --clear-pending-creates when the object does not',
    'exist or is managed by now, or with --import-pending-creates <urn> <id> to take it under management.',
  ].join('\n')
}

/** The warning a refresh ends with when it leaves interrupted creations open; empty when there are none. */
export function keptWarning(kept: readonly PendingOperation[]): string {
  if (kept.length === 0) return ''
  return [
    `What became of ${kept.length} interrupted creations is not known:`,
    ...kept.map(({ resource }) => `  * ${resource.urn}`),
    'Refresh with --clear-pending-creates when the object does not exist or is managed by now, or with',
    '--import-pending-creates <urn> <id> to take it under management.',
  ].join('\n')
}

/** After an update: what is interrupted and not a creation shows in the state by now. */
export function keptAfterUpdate(pending: readonly PendingOperation[]): readonly PendingOperation[] {
  return pending.filter(({ type }) => type === 'creating')
}

/** What a refresh does about pending creations. */
export type PendingChoice = {
  /** Forget them. */
  readonly clearPendingCreates?: boolean
  /** Ids by URN: take these objects under management. */
  readonly importPendingCreates?: { readonly [urn: string]: string }
}

/** The states that pending creations become, and the operations that stay pending. */
export function settlePending(
  pending: readonly PendingOperation[],
  resources: readonly ResourceState[],
  { clearPendingCreates = false, importPendingCreates = {} }: PendingChoice,
): { readonly adopted: readonly ResourceState[]; readonly kept: readonly PendingOperation[] } {
  const adopted = Object.entries(importPendingCreates).map(([urn, id]) => {
    const operation = pending.find((item) => item.resource.urn === urn && item.type === 'creating')
    if (!operation) throw new EngineError('pending', `no creation of ${urn} is pending`)
    if (resources.some((state) => state.urn === urn && !state.delete)) {
      throw new EngineError(
        'pending',
        `${urn} has been created since; clear its pending creation instead`,
      )
    }
    return { ...operation.resource, id }
  })
  const kept = keptAfterUpdate(pending).filter(
    ({ resource }) => !clearPendingCreates && !(resource.urn in importPendingCreates),
  )
  return { adopted, kept }
}
