import { ProviderError } from '../protocol/provider-error.ts'
import type { TwilioError } from '../requests/errors.ts'

/** A key was to be made by who signed in with a key, which Twilio refuses. */
export class KeysNeedToken extends ProviderError {
  override readonly name = 'KeysNeedToken'
  readonly code = 20003

  constructor(cause: TwilioError) {
    super(
      'A standard API key can’t make others, and this provider signs in with one: give it the account’s token (twilio:authToken) in place of twilio:apiKey, or give the keys a provider of their own that has it',
      { cause },
    )
  }
}
