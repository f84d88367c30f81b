import { ProviderError } from '../protocol/provider-error.ts'
import type { TwilioError } from '../requests/errors.ts'

/** A subaccount was to be made by who may not: a key, or another subaccount. */
export class SubaccountsNeedToken extends ProviderError {
  override readonly name = 'SubaccountsNeedToken'
  readonly code = 20003

  constructor(cause: TwilioError) {
    super(
      'Subaccounts are made with the auth token of the main account, and this provider signs in with a key: give it twilio:authToken in place of twilio:apiKey, or give the subaccounts a provider of their own that has it',
      { cause },
    )
  }
}
