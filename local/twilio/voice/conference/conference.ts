import type { Call } from '../call/call.ts'
import type { Recording, Recordings } from '../recording/index.ts'
import { createReport, type Report, type ReportContext } from './conference-news.ts'
import {
  type ConferenceSettings,
  type Departure,
  type LeaveReason,
  type Participant,
  participantFields,
} from './participant.ts'

export type ConferenceStatus = 'init' | 'in-progress' | 'completed'

/** Why a conference ended, as `ReasonConferenceEnded` says it. */
export type EndReason =
  | 'conference-ended-via-api'
  | 'participant-with-end-conference-on-exit-left'
  | 'participant-with-end-conference-on-exit-kicked'
  | 'last-participant-left'
  | 'last-participant-kicked'

/** A room: it exists from its first participant to its last. */
export interface Conference {
  readonly sid: string
  readonly friendlyName: string
  readonly settings: ConferenceSettings
  readonly status: ConferenceStatus
  readonly createdAt: number
  readonly updatedAt: number
  readonly endReason: EndReason | null
  readonly callSidEnding: string | null
  /** Those who are in it. */
  participants(): readonly Participant[]
  /** Those whose phones ring, or are about to. */
  invited(): readonly Participant[]
  /** Both. */
  members(): readonly Participant[]
  /** Among both. */
  find(callSidOrLabel: string): Participant | undefined
  /** As many are in it or on their way as the founder let in. */
  readonly full: boolean
  invite(participant: Participant): void
  join(participant: Participant): void
  /** An invited one could not be reached. */
  dismiss(participant: Participant): void
  /**
   * Its own leg took it away, or it was removed; the last one, or one with `endOnExit` whose leg was answered, ends the
   * conference.
   */
  leave(participant: Participant, reason: LeaveReason, departure?: Departure): void
  /** Ends it for all. */
  endByApi(): void
  /** Tells whoever subscribed. */
  readonly report: Report
}

/** What a conference needs. */
export type ConferenceContext = ReportContext & {
  readonly recordings: Recordings
  /** Called once, when it is completed and before that is told. */
  readonly over: (conference: Conference) => void
}

/** An empty room. `founder` is the leg in whose story its news are told. */
export function createConference(
  sid: string,
  friendlyName: string,
  founder: Call,
  settings: ConferenceSettings,
  context: ConferenceContext,
): Conference {
  const { clock, recordings } = context
  const report = createReport({ sid, friendlyName, founder, callback: settings.callback }, context)
  let participants: readonly Participant[] = []
  let invited: readonly Participant[] = []
  let status: ConferenceStatus = 'init'
  let updatedAt = clock.now()
  let endReason: EndReason | null = null
  let callSidEnding: string | null = null
  let recording: Recording | null = null

  const members = () => [...participants, ...invited]

  function start(): void {
    status = 'in-progress'
    updatedAt = clock.now()
    founder.tell('conference.started', `conference “${friendlyName}” starts`)
    report('start', 'conference-start', {})
    if (settings.record) {
      const callback = settings.recordingCallback
      recording = recordings.start({
        call: founder,
        conferenceSid: sid,
        source: 'Conference',
        callback,
      })
    }
    for (const { changed } of participants) changed.emit()
  }

  function remove(participant: Participant, reason: LeaveReason, departure?: Departure): void {
    participants = participants.filter((one) => one !== participant)
    const { call } = participant
    const beep = status === 'in-progress' && participant.state.beepOnExit
    call.tell('conference.left', `${call.who} leaves conference “${friendlyName}”`, { beep })
    report('leave', 'participant-leave', {
      ...participantFields(participant),
      ParticipantCallStatus: call.status,
      ReasonParticipantLeft: reason,
    })
    if (departure) {
      participant.departure = departure
      participant.changed.emit()
    }
  }

  function end(reason: EndReason, by: Participant | null): void {
    status = 'completed'
    updatedAt = clock.now()
    endReason = reason
    callSidEnding = by?.call.sid ?? null
    context.over(conference)
    recording?.stop()
    recording = null
    founder.tell('conference.ended', `conference “${friendlyName}” is over`, { reason })
    report('end', 'conference-end', {
      ReasonConferenceEnded: reason,
      Reason: reason.replaceAll('-', ' '),
      ...(by ? { CallSidEndingConference: by.call.sid } : {}),
      ...(by?.label ? { ParticipantLabelEndingConference: by.label } : {}),
    })
    for (const one of invited) {
      one.departure = 'conference-ended'
      one.changed.emit()
    }
    invited = []
  }

  function endWhenEmpty(last: Participant, how: 'left' | 'kicked'): void {
    if (participants.length + invited.length === 0) end(`last-participant-${how}`, last)
  }

  const conference: Conference = {
    sid,
    friendlyName,
    settings,
    createdAt: updatedAt,
    get status() {
      return status
    },
    get updatedAt() {
      return updatedAt
    },
    get endReason() {
      return endReason
    },
    get callSidEnding() {
      return callSidEnding
    },
    participants: () => participants,
    invited: () => invited,
    members,
    find: (callSidOrLabel) =>
      members().find(({ call, label }) => call.sid === callSidOrLabel || label === callSidOrLabel),
    get full() {
      return members().length >= settings.maxParticipants
    },
    invite(participant) {
      invited = [...invited, participant]
    },
    dismiss(participant) {
      if (!invited.includes(participant)) return
      invited = invited.filter((one) => one !== participant)
      remove(participant, 'participant_add_failed')
      endWhenEmpty(participant, 'left')
    },
    join(participant) {
      invited = invited.filter((one) => one !== participant)
      participants = [...participants, participant]
      const { call } = participant
      const beep = participants.length > 1 && participant.beepOnEnter
      call.tell('conference.joined', `${call.who} joins conference “${friendlyName}”`, { beep })
      report('join', 'participant-join', participantFields(participant))
      const starts = participants.length > 1 && participants.some((one) => one.startOnEnter)
      if (status === 'init' && starts) start()
    },
    leave(participant, reason, departure) {
      if (!participants.includes(participant)) return
      const kicked = departure === 'removed'
      remove(participant, reason, departure)
      // A phone that nobody answered has not been there to leave.
      if (participant.state.endOnExit && participant.call.answeredAt !== null) {
        for (const other of participants) {
          remove(other, 'moderator_ended_conference', 'conference-ended')
        }
        end(`participant-with-end-conference-on-exit-${kicked ? 'kicked' : 'left'}`, participant)
      } else endWhenEmpty(participant, kicked ? 'kicked' : 'left')
    },
    endByApi() {
      if (status === 'completed') return
      for (const one of participants) remove(one, 'conference_ended_via_api', 'ended-by-api')
      end('conference-ended-via-api', null)
    },
    report,
  }
  return conference
}
