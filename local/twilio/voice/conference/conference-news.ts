import type { Clock } from '../../../clock.ts'
import { rfc2822Date } from '../../rest/date.ts'
import type { Call } from '../call/call.ts'
import type { ProgressCallback } from '../twiml/index.ts'
import type { CallWebhook } from '../voice-context.ts'

/** The subscriptions of `statusCallbackEvent`. */
export type News =
  | 'start'
  | 'end'
  | 'join'
  | 'leave'
  | 'mute'
  | 'hold'
  | 'modify'
  | 'speaker'
  | 'announcement'

/** Tells the event to whoever subscribed to that kind of news. */
export type Report = (news: News, event: string, more: Readonly<Record<string, string>>) => void

/** What the news of a conference need. */
export type ReportContext = {
  readonly clock: Clock
  readonly accountSid: string
  readonly notify: (webhook: CallWebhook) => void
}

/** The news of one conference. Its events are numbered from 1, whether anybody subscribed to them or not. */
export function createReport(
  conference: {
    readonly sid: string
    readonly friendlyName: string
    readonly founder: Call
    readonly callback: ProgressCallback | null
  },
  { clock, accountSid, notify }: ReportContext,
): Report {
  const { sid, friendlyName, founder, callback } = conference
  let sequence = 0
  return (news, event, more) => {
    sequence++
    if (!callback?.events.includes(news)) return
    const fields = {
      ConferenceSid: sid,
      FriendlyName: friendlyName,
      AccountSid: accountSid,
      StatusCallbackEvent: event,
      SequenceNumber: String(sequence),
      Timestamp: rfc2822Date(clock.now()),
      ...more,
    }
    const { url, method } = callback
    const purpose = 'conference status callback'
    notify({ purpose, url, method, fields, call: founder, order: sid })
  }
}
