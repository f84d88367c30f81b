import type { Clock } from '../clock.ts'
import type { LiveEvent } from './contract.ts'
import type { LiveFeed } from './live-feed.ts'
import { ALERTS_KEPT } from './objects/retention.ts'

/** What an alert is about, for the reader of its line. */
export type About = Pick<LiveEvent, 'callSid' | 'taskSid' | 'workerSid'>

/** Twilio's debugger: errors and warnings that no REST caller sees. */
export interface Alerts {
  /** Adds one; `code` as in Twilio's error dictionary. */
  add(code: number, text: string, about?: About): void
  list(): readonly { readonly at: number; readonly code: number; readonly text: string }[]
}

/** Keeps the newest alerts and shows each in the live feed. */
export function createAlerts(clock: Clock, live: LiveFeed): Alerts {
  const alerts: { at: number; code: number; text: string }[] = []
  return {
    add(code, text, about = {}) {
      const at = clock.now()
      alerts.push({ at, code, text })
      if (alerts.length > ALERTS_KEPT) alerts.shift()
      live.emit({
        at,
        kind: 'alert',
        ...about,
        name: `alert.${code}`,
        text: `alert ${code}: ${text}`,
        data: { code },
      })
    },
    list: () => alerts,
  }
}
