import { ProviderError } from '../protocol/provider-error.ts'
import type { TwilioError } from '../requests/errors.ts'

/** A subscription was made for a sink that Twilio does not take for usable. */
export class SinkNotActive extends ProviderError {
  override readonly name = 'SinkNotActive'
  readonly code: number

  /** `status` is what Twilio says of the sink now; undefined when there is no such sink. */
  constructor(sinkSid: string, status: string | undefined, cause: TwilioError) {
    super(`Subscription not created: ${stateOf(sinkSid, status)} (error ${cause.code})`, { cause })
    this.code = cause.code
  }
}

function stateOf(sinkSid: string, status: string | undefined): string {
  switch (status) {
    case undefined:
      return `the account has no sink ${sinkSid}: take sinkSid from the output of a Sink of this account`
    case 'failed':
      return `sink ${sinkSid} has failed, Twilio could not deliver to it: make its endpoint answer 2xx within 5 seconds, then replace the sink with \`pulumi up --replace\` and its URN`
    default:
      return `sink ${sinkSid} is ${status}, and only an active one can be subscribed: Twilio is still trying it, so run \`pulumi up\` again in a moment`
  }
}
