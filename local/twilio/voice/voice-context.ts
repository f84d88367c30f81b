import type { Context } from '../context.ts'
import type { TaskRouterForVoice } from '../instructions.ts'
import type { NumberDirectory } from '../number-directory.ts'
import type { Webhook, WebhookResult } from '../webhooks/webhooks.ts'
import type { Call } from './call/call.ts'
import type { CallRegistry } from './call/call-registry.ts'
import type { Conferences } from './conference/conferences.ts'
import type { Perform } from './interpreter/frame.ts'
import type { CallerIds } from './phones/caller-ids.ts'
import type { PhoneExchange } from './phones/phone-exchange.ts'
import type { Queues } from './queue/queues.ts'
import type { Recordings } from './recording/recordings.ts'
import type { DialPace } from './rest/dial-pace.ts'

/** A webhook about a leg: its cookies go along and its story tells of it. */
export type CallWebhook = Omit<Webhook, 'cookies' | 'about'> & {
  readonly call: Call
  /** News with the same SID keep their order; default the leg's. */
  readonly order?: string
}

/** What the parts of Voice share. */
export type VoiceContext = Context & {
  readonly numbers: NumberDirectory
  readonly taskRouter: TaskRouterForVoice
  /** Length of `<Say>` in ms a character. */
  readonly sayMsPerCharacter: number
  readonly calls: CallRegistry
  readonly phones: PhoneExchange
  readonly callerIds: CallerIds
  readonly queues: Queues
  readonly conferences: Conferences
  readonly recordings: Recordings
  /** How fast calls and participants that are asked for over REST are dialled. */
  readonly pace: { readonly calls: DialPace; readonly participants: DialPace }
  /** Runs a document on a leg until it runs out. */
  readonly perform: Perform
  /** Requests a document or media. */
  request(webhook: CallWebhook): Promise<WebhookResult>
  /** Sends news; an error becomes an alert and never touches the call. News of one leg keep their order. */
  notify(webhook: CallWebhook): void
  /** Adds to the debugger's alerts. */
  alert(call: Call, code: number, text: string): void
}
