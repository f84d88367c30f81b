import type { CookieJar } from '../../webhooks/cookie-jar.ts'
import type { OpenScope } from '../scope.ts'
import type { Signal } from '../signal.ts'
import type { ProgressCallback, Target } from '../twiml/index.ts'

export type EndStatus = 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled'
export type CallStatus = 'queued' | 'ringing' | 'in-progress' | EndStatus
export type Direction = 'inbound' | 'outbound-api' | 'outbound-dial'

/** What a leg is made of. */
export type CallOptions = {
  readonly sid: string
  readonly from: string
  readonly to: string
  readonly direction: Direction
  readonly status: 'queued' | 'ringing'
  /** How long it waits for its turn before it is dialled. */
  readonly queueMs?: number
  readonly parent?: Call
  /** The leg in whose story this one's events are told, when it is no child of it. */
  readonly storyOf?: Call
  readonly phoneNumberSid?: string
  readonly progress?: ProgressCallback
  /** Requested instead of a document that fails. */
  readonly fallback?: Target
  /** Parameters of every request for TwiML beyond the standard ones. */
  readonly extraFields?: Readonly<Record<string, string>>
}

/** How a call ended and what SIP said about it. */
export type CallEnd = { readonly status: EndStatus; readonly sipCode: number }

/** One leg. It knows what it is and was; what it does is up to whoever occupies it. */
export interface Call {
  readonly sid: string
  readonly from: string
  readonly to: string
  readonly direction: Direction
  readonly parent: Call | null
  readonly phoneNumberSid: string | null
  readonly extraFields: Readonly<Record<string, string>>
  readonly status: CallStatus
  readonly createdAt: number
  readonly queueMs: number
  readonly updatedAt: number
  readonly answeredAt: number | null
  readonly endedAt: number | null
  readonly end: CallEnd | null
  readonly cookies: CookieJar
  /** `caller`, or the address that was called: the subject of the story's sentences. */
  readonly who: string
  /** SID of the leg in whose story this one's events are told. */
  readonly storySid: string
  progress: ProgressCallback | null
  fallback: Target | null
  answeredBy: string | null
  /** What the leg does now, for pages. */
  doing: string | null
  /** A REST update may set it; the last one counts. */
  readonly limit: { set(seconds: number): void }

  readonly rang: Signal<void>
  readonly answered: Signal<void>
  readonly ended: Signal<CallEnd>
  /** Keys and words that come from whoever is at the leg. */
  readonly keys: Signal<string>
  readonly words: Signal<string>
  press(key: string): void
  speak(text: string): void

  ring(): void
  answer(): void
  /** The first end counts. */
  hangUp(status: EndStatus, sipCode?: number): void
  /** Stops whatever the leg does, without a word to anybody: the local Twilio closes. */
  abandon(): void
  /** Takes the leg over: what it did so far is interrupted as redirected. */
  occupy(): OpenScope
  /** Adds a line to the leg's story. */
  tell(name: string, text: string, data?: Readonly<Record<string, unknown>>): void
}
