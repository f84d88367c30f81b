import { ProviderError } from '../protocol/provider-error.ts'

/** An address that numbers have can't be deleted. */
export class AddressInUse extends ProviderError {
  override readonly name = 'AddressInUse'
  readonly code = 'address-in-use'

  /** `numbers` as a reader knows them: `+12025550100 (PN…)`. */
  constructor(sid: string, numbers: readonly string[], cause: unknown) {
    const needs = numbers.length === 1 ? 'number has' : 'numbers have'
    super(
      `Address ${sid} can’t be deleted while a number has it, and ${numbers.length} ${needs} it: ${numbers.join(', ')}. Give each another address, release it (a managed one with releaseOnDelete), or keep the address with retainOnDelete`,
      { cause },
    )
  }
}
