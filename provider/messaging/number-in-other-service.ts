import { ProviderError } from '../protocol/provider-error.ts'
import type { TwilioError } from '../requests/errors.ts'

/** A number is in one messaging service at most. */
export class NumberInOtherService extends ProviderError {
  override readonly name = 'NumberInOtherService'
  readonly code = 21712

  /** `service` is the one that has it, if it can be told. */
  constructor(phoneNumberSid: string, service: string | undefined, cause: TwilioError) {
    const place = service ?? 'another one'
    const id = service === undefined ? '' : ` (import it as ${service}/${phoneNumberSid})`
    super(
      `Number ${phoneNumberSid} is in messaging service ${place} already, and a number is in one at most (error 21712): take it out of that one first${id}, or choose another number`,
      { cause },
    )
  }
}
