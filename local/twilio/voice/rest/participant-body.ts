import { rfc2822Date } from '../../rest/date.ts'
import type { Conference, Participant } from '../conference/index.ts'

/** A participant as the API 2010 shows it. */
export function participantBody({ sid }: Conference, participant: Participant, accountSid: string) {
  const { call, label, state, startOnEnter, createdAt, updatedAt } = participant
  return {
    account_sid: accountSid,
    call_sid: call.sid,
    label,
    conference_sid: sid,
    muted: state.muted,
    hold: state.hold,
    coaching: state.coaching,
    call_sid_to_coach: state.callSidToCoach,
    start_conference_on_enter: startOnEnter,
    end_conference_on_exit: state.endOnExit,
    status: statusOf(participant),
    // Told in the answer to the create only.
    queue_time: null,
    date_created: rfc2822Date(createdAt),
    date_updated: rfc2822Date(updatedAt),
    uri: `/2010-04-01/Accounts/${accountSid}/Conferences/${sid}/Participants/${call.sid}.json`,
  }
}

function statusOf({ call }: Participant): string {
  switch (call.status) {
    case 'queued':
      return 'queued'
    case 'ringing':
      return 'ringing'
    case 'in-progress':
      return 'connected'
    case 'completed':
      return 'complete'
    default:
      return 'failed'
  }
}
