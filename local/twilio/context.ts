import type { Clock } from '../clock.ts'
import type { Alerts } from './alerts.ts'
import type { LiveFeed } from './live-feed.ts'
import type { NewSid } from './objects/sid.ts'
import type { Webhooks } from './webhooks/webhooks.ts'

/** What every product of the local Twilio shares. */
export type Context = {
  readonly clock: Clock
  readonly accountSid: string
  readonly newSid: NewSid
  readonly webhooks: Webhooks
  readonly alerts: Alerts
  readonly live: LiveFeed
}
