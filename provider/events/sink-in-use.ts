import { ProviderError } from '../protocol/provider-error.ts'

/** A sink that subscriptions send to can't be deleted. */
export class SinkInUse extends ProviderError {
  override readonly name = 'SinkInUse'
  readonly code = 91007

  /** `subscriptions` as a reader knows them: `DF… (what it is for)`. */
  constructor(sid: string, subscriptions: readonly string[], cause: unknown) {
    const users = subscriptions.join(', ') || 'Twilio does not say which'
    super(
      `Sink ${sid} can’t be deleted while a subscription sends events to it: ${users}. Delete these subscriptions first, or give them another sink; one that a program declares should take sinkSid from the sink’s output, then Pulumi deletes it first`,
      { cause },
    )
  }
}
