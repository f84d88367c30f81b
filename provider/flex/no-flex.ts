import { ProviderError } from '../protocol/provider-error.ts'

/** The account has no Flex. */
export class NoFlex extends ProviderError {
  override readonly name = 'NoFlex'
  readonly code = 'no-flex'

  constructor(accountSid: string, cause: unknown) {
    super(
      `Account ${accountSid} has no Flex, so there is no configuration of it: set Flex up for the account in Twilio’s console first, or choose another account`,
      { cause },
    )
  }
}
