import type { RefreshOptions } from '../engine/index.ts'
import { UsageError } from '../failure.ts'

/** Flags that say what became of creations that were interrupted. */
export const pendingFlags = {
  'clear-pending-creates': { type: 'boolean', default: false },
  'import-pending-creates': { type: 'string', multiple: true },
} as const

/** Their lines of the help text. */
export const pendingHelp = `      --clear-pending-creates
                       forget interrupted creations: their objects do not exist, or are managed by now
      --import-pending-creates <urn> <id>
                       take over the object that an interrupted creation made; may be repeated`

/**
 * The choice that the flags make. URN and id come as `--import-pending-creates <urn> <id>`, or with the flag before each of them,
 * as Pulumi wants it.
 */
export function pendingChoice(
  command: string,
  values: {
    readonly 'clear-pending-creates': boolean
    readonly 'import-pending-creates'?: readonly string[]
  },
  positionals: readonly string[],
): Pick<RefreshOptions, 'clearPendingCreates' | 'importPendingCreates'> {
  const named = values['import-pending-creates'] ?? []
  const urns = positionals.length > 0 ? named : named.filter((_, i) => i % 2 === 0)
  const ids = positionals.length > 0 ? positionals : named.filter((_, i) => i % 2 === 1)
  const [surplus] = named.length === 0 ? positionals : []
  if (surplus !== undefined) throw new UsageError(command, `Unexpected argument “${surplus}”`)
  if (urns.length !== ids.length || urns.some((urn) => !urn.startsWith('urn:'))) {
    throw new UsageError(command, '--import-pending-creates wants a URN and the id of its object')
  }
  return {
    clearPendingCreates: values['clear-pending-creates'],
    importPendingCreates: Object.fromEntries(urns.map((urn, i) => [urn, ids[i] ?? ''])),
  }
}
