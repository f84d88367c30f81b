import type { LiveView } from '../contract.ts'
import type { VoiceContext } from './voice-context.ts'

// A page shows how a call ended for a while.
const SHOWN_AFTER_END_MS = 60_000

/** The calls as pages show them: live ones, and those that ended within the last minute. */
export function viewCalls({ calls, clock }: VoiceContext): LiveView['calls'] {
  const shown = calls.since(clock.now() - SHOWN_AFTER_END_MS).map((call) => ({
    sid: call.sid,
    parentCallSid: call.parent?.sid ?? null,
    from: call.from,
    to: call.to,
    direction: call.direction,
    status: call.status,
    startedAt: call.createdAt,
    answeredAt: call.answeredAt,
    endedAt: call.endedAt,
    doing: call.doing,
  }))
  return shown.sort((one, other) => one.startedAt - other.startedAt)
}

/** The conferences as pages show them: live ones, and those that ended within the last minute. */
export function viewConferences({ conferences, clock }: VoiceContext): LiveView['conferences'] {
  const shown = conferences.since(clock.now() - SHOWN_AFTER_END_MS).map((conference) => ({
    sid: conference.sid,
    friendlyName: conference.friendlyName,
    status: conference.status,
    startedAt: conference.createdAt,
    endedAt: conference.status === 'completed' ? conference.updatedAt : null,
    endReason: conference.endReason,
    participants: conference.members().map(({ call, label, state }) => ({
      callSid: call.sid,
      // Who is at the far end of the leg.
      address: call.direction === 'inbound' ? call.from : call.to,
      label,
      status: call.status,
      muted: state.muted,
      hold: state.hold,
      callSidToCoach: state.coaching ? state.callSidToCoach : null,
      endConferenceOnExit: state.endOnExit,
    })),
  }))
  return shown.sort((one, other) => one.startedAt - other.startedAt)
}
