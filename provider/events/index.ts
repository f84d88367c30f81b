import { resourceClass } from '../program/resource-class.ts'
import { type SinkInputs, sink } from './sink.ts'
import { type SubscriptionInputs, subscription } from './subscription.ts'

/** `status` is `active`, `initialized`, `validating` or `failed`. */
type Made = { readonly sid: string; readonly status: string }

/** Where Event Streams sends events: a webhook, a Kinesis stream, Segment. */
export class Sink extends resourceClass<SinkInputs, Made>(sink) {}

/** Which events go to a sink: a set of event types. */
export class Subscription extends resourceClass<SubscriptionInputs>(subscription) {}
