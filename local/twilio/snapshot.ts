import type { ApplicationRow } from './account/index.ts'
import type { IncomingNumberRow } from './phone-numbers/index.ts'

/** What outlives a restart. Live calls do not. */
export type TwilioSnapshot = {
  readonly version: 1
  readonly numbers: readonly IncomingNumberRow[]
  readonly applications: readonly ApplicationRow[]
  readonly taskRouter: unknown
}

/** A snapshot that this version did not write. */
export class ForeignSnapshot extends Error {
  override readonly name = 'ForeignSnapshot'
  constructor() {
    super(
      'The snapshot was not written by this version of the local Twilio; start with --fresh to leave it behind',
    )
  }
}

/** Recognises what `snapshot()` returned; undefined when there is none. */
export function readSnapshot(value: unknown): TwilioSnapshot | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'object' || !('version' in value) || value.version !== 1) {
    throw new ForeignSnapshot()
  }
  return value as TwilioSnapshot
}
