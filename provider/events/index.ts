import * as pulumi from '@pulumi/pulumi'
import type { Args } from '../program/inputs.ts'
import { type SinkInputs, sink } from './sink.ts'
import { type SubscriptionInputs, subscription } from './subscription.ts'

/** Where Event Streams sends events: a webhook, a Kinesis stream, Segment. */
export class Sink extends pulumi.CustomResource {
  declare readonly sid: pulumi.Output<string>
  declare readonly description: pulumi.Output<string>
  /** `active`, `initialized`, `validating` or `failed`. */
  declare readonly status: pulumi.Output<string>

  constructor(name: string, args: Args<SinkInputs>, options?: pulumi.CustomResourceOptions) {
    super(sink.token, name, { ...args, sid: undefined, status: undefined }, options)
  }
}

/** Which events go to a sink: a set of event types. */
export class Subscription extends pulumi.CustomResource {
  declare readonly sid: pulumi.Output<string>
  declare readonly description: pulumi.Output<string>
  declare readonly types: pulumi.Output<SubscriptionInputs['types']>

  constructor(
    name: string,
    args: Args<SubscriptionInputs>,
    options?: pulumi.CustomResourceOptions,
  ) {
    super(subscription.token, name, { ...args, sid: undefined }, options)
  }
}
