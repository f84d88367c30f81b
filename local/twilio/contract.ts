import type { TaskStatus } from '../../routing/index.ts'
import type { Clock } from '../clock.ts'

/** How a virtual phone behaves when nobody is at it. */
export type PhoneProfile = {
  /** `client:alice`, `+12025550123` or `sip:alice@example.com`. */
  readonly address: string
  /** What happens to an incoming call; default `answer`. */
  readonly outcome?: 'answer' | 'let-ring' | 'busy' | 'decline' | 'unreachable' | 'machine'
  /** Seconds of ringing before `answer`, `busy`, `decline` or `machine` takes effect; default 1. */
  readonly afterSeconds?: number
  /** Seconds after the answer at which this phone hangs up; default never. */
  readonly hangUpAfterSeconds?: number
  /** Keys pressed at times after the answer. */
  readonly keys?: readonly { readonly afterSeconds: number; readonly digits: string }[]
  /** What becomes of a text message to it; default `deliver`. */
  readonly texts?: TextsOutcome
}

/** How a text message to a phone ends: all but `deliver` are undelivered (30003 to 30007). */
export type TextsOutcome =
  | 'deliver'
  | 'unreachable'
  | 'blocked'
  | 'unknown'
  | 'landline'
  | 'filtered'

/** A text message that somebody sends from their own phone. */
export type OutgoingText = {
  readonly from: string
  readonly to: string
  readonly body: string
  readonly mediaUrls?: readonly string[]
}

/** A text message as the phones have it. */
export type PhoneText = Required<OutgoingText> & {
  /** SM…, or MM… with media. */
  readonly sid: string
  /** Milliseconds since the epoch. */
  readonly at: number
}

/** What the virtual phones do besides calling. */
export interface TextPhones {
  /** Someone texts a number of some account here; returns the message's SID. Throws if no account has the number. */
  text(text: OutgoingText): string
  /** What that phone has got, oldest first, as far back as it is kept. */
  inbox(address: string): readonly PhoneText[]
  /** What it has got and what was texted from it, oldest first, as far back as it is kept. */
  thread(address: string): readonly PhoneText[]
}

/** The virtual phones: people outside, and agents' clients, numbers and SIP addresses. */
export interface Phones extends CallPhones, TextPhones {}

/** What the virtual phones do with calls. */
export interface CallPhones {
  /** Someone at `from` dials the number `to` of some account here; returns the call's SID. Throws if no account has it. */
  call(dial: { readonly from: string; readonly to: string }): string
  /** Keys pressed on that leg, in order. */
  press(callSid: string, digits: string): void
  /** Words spoken on that leg: a Gather that listens for speech takes them, a Record hears no silence. */
  speak(callSid: string, text: string): void
  /** Whoever is at that leg hangs up (a ringing outbound leg: declines). */
  hangUp(callSid: string): void
  /** Picks up a leg that rings at a virtual phone. */
  answer(callSid: string): void
  /** Declines a leg that rings at a virtual phone (busy). */
  decline(callSid: string): void
  /** Sets or replaces the profile of an address. */
  setProfile(profile: PhoneProfile): void
  profiles(): readonly PhoneProfile[]
  /** Somebody is at this phone (an open desk): its profile does not act until `leave` is called. */
  attend(address: string): { leave(): void }
}

/** Something that happened, as one line a person reads; also what `npm run call` prints. */
export type LiveEvent = {
  /** Milliseconds since the epoch, by the local Twilio's clock. */
  readonly at: number
  readonly kind: 'call' | 'message' | 'webhook' | 'task' | 'reservation' | 'worker' | 'alert'
  /** What it is about, when known; a call's events carry the SID of the caller's leg. */
  readonly callSid?: string
  readonly taskSid?: string
  readonly workerSid?: string
  /** `task.created`, `call.ringing`, `webhook.answered`, … */
  readonly name: string
  /** The sentence: `task moved to queue “Spanish, everyone” (tier 2 of 3)`. */
  readonly text: string
  /** More of it, for machines. */
  readonly data?: Readonly<Record<string, unknown>>
}

/** The centre at one moment, for pages. */
export type LiveView = {
  readonly at: number
  readonly numbers: readonly { readonly phoneNumber: string; readonly friendlyName: string }[]
  readonly activities: readonly {
    readonly sid: string
    readonly friendlyName: string
    readonly available: boolean
  }[]
  readonly workers: readonly {
    readonly sid: string
    readonly friendlyName: string
    readonly contactUri: string | null
    readonly attributes: Readonly<Record<string, unknown>>
    readonly activitySid: string
    readonly activityName: string
    readonly available: boolean
    readonly reservations: readonly {
      readonly sid: string
      readonly taskSid: string
      readonly status: string
      readonly createdAt: number
      readonly timeoutAt: number | null
    }[]
  }[]
  readonly tasks: readonly {
    readonly sid: string
    readonly workflowSid: string
    readonly workflowName: string
    readonly queueSid: string | null
    readonly queueName: string | null
    readonly status: TaskStatus
    readonly priority: number
    readonly createdAt: number
    /** Name of the filter, and the tier within it, counted from 1; null in the default filter. */
    readonly filterName: string | null
    readonly tier: number | null
    readonly tiers: number | null
    readonly tierEndsAt: number | null
    readonly attributes: Readonly<Record<string, unknown>>
    readonly workerName: string | null
  }[]
  /** Live calls and those that ended within the last minute. */
  readonly calls: readonly {
    readonly sid: string
    readonly parentCallSid: string | null
    readonly from: string
    readonly to: string
    readonly direction: string
    readonly status: string
    readonly startedAt: number
    readonly answeredAt: number | null
    readonly endedAt: number | null
    /** What the leg does now: `Say: Welcome …`, `Gather`, `Enqueue`, `bridged with client:bob`. */
    readonly doing: string | null
  }[]
  /** Live conferences and those that ended within the last minute; the latter have no participants any more. */
  readonly conferences: readonly {
    readonly sid: string
    readonly friendlyName: string
    readonly status: 'init' | 'in-progress' | 'completed'
    readonly startedAt: number
    readonly endedAt: number | null
    readonly endReason: string | null
    /** Those who are in it, then those whose phones ring to bring them in. */
    readonly participants: readonly {
      readonly callSid: string
      /** `client:alice`, `+12025550123`. */
      readonly address: string
      readonly label: string | null
      /** Of the leg: `ringing`, `in-progress`. */
      readonly status: string
      readonly muted: boolean
      readonly hold: boolean
      /** SID of the only leg that hears this one. */
      readonly callSidToCoach: string | null
      readonly endConferenceOnExit: boolean
    }[]
  }[]
}

/** What varies between local Twilios. */
export type TwilioOptions = {
  readonly clock: Clock
  readonly accountSid: string
  readonly authToken: string
  /** 0 ≤ x < 1; SIDs and jitter come from it. Default: cryptographically random. */
  readonly random?: () => number
  /**
   * Public origin → origin to connect to: webhooks are signed for the public address and sent to the other.
   * An origin that is not listed is connected to as it stands.
   */
  readonly origins?: () => Readonly<Record<string, string>>
  readonly faults?: FaultProfile
  /** Length of `<Say>` in ms a character; default 60, 0 says everything at once. */
  readonly sayMsPerCharacter?: number
  /**
   * How many legs a second REST may have dialled, by Calls and by Participants; others wait their turn. Default 1, as
   * with a new account; Twilio raises it on request to 5 and 30.
   */
  readonly dialsPerSecond?: { readonly calls?: number; readonly participants?: number }
  /** Segments of text messages that one number sends in a second, others wait their turn; default 1, as a long code in the US. */
  readonly segmentsPerSecond?: number
  /** Zone of the dates that Studio’s templates print; default America/Los_Angeles, as on Twilio. */
  readonly studioTimeZone?: string
  /** What `snapshot()` returned, to go on from. */
  readonly restore?: unknown
}

/** How the local Twilio misbehaves, on purpose. All are off by default. */
export type FaultProfile = {
  /** Share of REST requests that get this status, 0–1, for example `{ "429": 0.05, "503": 0.02 }`. */
  readonly statuses?: Readonly<Record<string, number>>
  /** Share of REST requests whose connection is cut before the answer. */
  readonly resets?: number
  /** Writes per second and host above which 429 is answered. */
  readonly writesPerSecond?: number
  /** Delay of every REST answer, ms: fixed, or between two bounds. */
  readonly delayMs?: number | readonly [number, number]
  /** Share of webhooks that are delivered twice, and that are held back so that later ones overtake them. */
  readonly duplicateWebhooks?: number
  readonly reorderWebhooks?: number
  /** How late webhooks come whose answer nobody waits for (events, status callbacks), ms: fixed, or between two bounds. */
  readonly delayWebhooksMs?: number | readonly [number, number]
  /** For how long a fresh object answers 404 on read, ms. */
  readonly readAfterCreateMs?: number
}

/** The local Twilio: one `fetch` for every host of Twilio's, and the phones of all accounts. `view` shows the main one. */
export interface Twilio {
  /** Path `/<twilio-host>/<path>`, or a bare unambiguous path. */
  fetch(request: Request): Promise<Response>
  readonly phones: Phones
  view(): LiveView
  /** Called for each event, in order; returns the function that ends it. */
  subscribe(listener: (event: LiveEvent) => void): () => void
  setFaults(faults: FaultProfile): void
  /** Debugger alerts, newest last. */
  alerts(): readonly { readonly at: number; readonly code: number; readonly text: string }[]
  /** Everything that outlives a restart (not live calls), as plain JSON. */
  snapshot(): unknown
  /** Ends timers and calls. */
  close(): void
}
