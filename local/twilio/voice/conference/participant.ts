import type { Call } from '../call/call.ts'
import { createSignal, type Signal } from '../signal.ts'
import type { Method, ProgressCallback, RecordingCallback, Target } from '../twiml/index.ts'

/** How a leg enters a conference; URLs are absolute. */
export type ParticipantOptions = {
  readonly label: string | null
  readonly muted: boolean
  readonly startOnEnter: boolean
  readonly endOnExit: boolean
  /** SID of the only leg that hears this one, if it is coaching. */
  readonly callSidToCoach: string | null
  /** Default: whenever there is somebody to coach. */
  readonly coaching?: boolean
  /** When the others hear a tone; default `true`: as it comes and as it goes. */
  readonly beep?: Beep
  /** Null: Twilio's music; empty: silence. */
  readonly waitUrl: string | null
  readonly waitMethod: Method
}

/** The values of `beep`. */
export const beeps = ['true', 'false', 'onEnter', 'onExit'] as const
export type Beep = (typeof beeps)[number]

/** What the first participant settles for the whole conference. */
export type ConferenceSettings = {
  readonly maxParticipants: number
  readonly record: boolean
  /** Where it is mixed; it makes no difference here. Default `us1`. */
  readonly region?: string
  readonly callback: ProgressCallback | null
  readonly recordingCallback: RecordingCallback | null
}

/**
 * What becomes of a leg with a document when its conference is ended by REST is not documented: true hangs it up after
 * its action was requested, false lets it go on.
 */
export const API_END_HANGS_UP = true

/** How a participant came to leave although its leg goes on. */
export type Departure = 'conference-ended' | 'ended-by-api' | 'removed' | 'wait-failed'

/** Why a participant left, as `ReasonParticipantLeft` says it. */
export type LeaveReason =
  | 'participant_hung_up'
  | 'participant_updated_via_api'
  | 'participant_add_failed'
  | 'moderator_ended_conference'
  | 'conference_ended_via_api'

/** What a participant is, and what the API may change of it. */
export type ParticipantState = {
  muted: boolean
  hold: boolean
  /** Null: Twilio's music. */
  holdMusic: Target | null
  coaching: boolean
  callSidToCoach: string | null
  endOnExit: boolean
  beepOnExit: boolean
  waitUrl: string | null
  waitMethod: Method
}

/** A leg in a conference. */
export interface Participant {
  readonly call: Call
  readonly label: string | null
  readonly startOnEnter: boolean
  readonly beepOnEnter: boolean
  readonly createdAt: number
  updatedAt: number
  readonly state: ParticipantState
  /** Set once it has left by other means than its own leg. */
  departure: Departure | null
  /** Something changed that may change what it hears. */
  readonly changed: Signal<void> & { emit(): void }
}

/** A participant that is about to join. */
export function createParticipant(
  call: Call,
  options: ParticipantOptions,
  now: number,
): Participant {
  const { label, startOnEnter, endOnExit, muted, callSidToCoach, waitUrl, waitMethod } = options
  const { coaching = callSidToCoach !== null, beep = 'true' } = options
  const changed = createSignal<void>()
  return {
    call,
    label,
    startOnEnter,
    beepOnEnter: beep === 'true' || beep === 'onEnter',
    createdAt: now,
    updatedAt: now,
    state: {
      muted,
      hold: false,
      holdMusic: null,
      coaching,
      callSidToCoach: coaching ? callSidToCoach : null,
      endOnExit,
      beepOnExit: beep === 'true' || beep === 'onExit',
      waitUrl,
      waitMethod,
    },
    departure: null,
    changed: { on: changed.on, emit: () => changed.emit() },
  }
}

/** Whether a participant may have that label: it stands in paths, where a leg's SID may stand too. */
export function isLabel(text: string): boolean {
  return text.length <= 128 && !/\/|%2f/i.test(text) && !/^CA[0-9a-f]{32}$/.test(text)
}

/** Whether a conference may have that name. */
export function isConferenceName(text: string): boolean {
  return text.length >= 1 && text.length <= 128
}

/** The participant's parameters in news of the conference. */
export function participantFields({ call, label, startOnEnter, state }: Participant) {
  const fields: Record<string, string> = {
    CallSid: call.sid,
    Muted: String(state.muted),
    Hold: String(state.hold),
    Coaching: String(state.coaching),
    EndConferenceOnExit: String(state.endOnExit),
    StartConferenceOnEnter: String(startOnEnter),
  }
  if (label !== null) fields['ParticipantLabel'] = label
  if (state.callSidToCoach !== null) fields['CallSidToCoach'] = state.callSidToCoach
  return fields
}
