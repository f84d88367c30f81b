import { isSid } from '../../objects/sid.ts'
import { page2010 } from '../../rest/paging.ts'
import { badRequest, codes, notFound, TwilioRefusal } from '../../rest/refusal.ts'
import { type Answer, noContent, ok, pathPart, type Call as Request } from '../../rest/route.ts'
import {
  announce,
  type Conference,
  type Participant,
  participantFields,
} from '../conference/index.ts'
import type { VoiceContext } from '../voice-context.ts'
import { voiceCodes } from './codes.ts'
import { announceTarget } from './conferences.ts'
import { createConferenceParticipant } from './create-participant.ts'
import { methodParameter, urlParameter } from './form.ts'
import { participantBody } from './participant-body.ts'

/** `/Accounts/{AccountSid}/Conferences/{ConferenceSid}/Participants` */
export function participantHandlers(voice: VoiceContext) {
  const { accountSid } = voice
  return {
    create: (request: Request) => createConferenceParticipant(voice, request),
    list(request: Request): Answer {
      const conference = liveConference(voice, request)
      const { query } = request
      const matches = ({ state }: Participant) =>
        (['Muted', 'Hold', 'Coaching'] as const).every((name) => {
          const wanted = query.boolean(name)
          const field = { Muted: state.muted, Hold: state.hold, Coaching: state.coaching }[name]
          return wanted === undefined || field === wanted
        })
      const all = conference.members().filter(matches)
      const rows = all.map((participant) => ({ sid: participant.call.sid, participant }))
      return page2010(request, 'participants', rows, ({ participant }) =>
        participantBody(conference, participant, accountSid),
      )
    },
    fetch(request: Request): Answer {
      const { conference, participant } = found(voice, request)
      return ok(participantBody(conference, participant, accountSid))
    },
    update(request: Request): Answer {
      const { conference, participant } = found(voice, request)
      update(voice, conference, participant, request)
      return ok(participantBody(conference, participant, accountSid))
    },
    remove(request: Request): Answer {
      const { conference, participant } = found(voice, request)
      if (participant.call.answeredAt === null) participant.call.hangUp('canceled')
      else conference.leave(participant, 'participant_updated_via_api', 'removed')
      return noContent
    },
  }
}

// Only a participant to be added may be sent to a conference by its name.
function liveConference(voice: VoiceContext, request: Request): Conference {
  const sid = pathPart(request, 'ConferenceSid')
  if (!isSid('CF', sid)) {
    const text = `Conferences are named by SID here, not by a friendly name: '${sid}'`
    throw new TwilioRefusal(405, codes.methodNotAllowed, text)
  }
  const conference = voice.conferences.get(sid)
  if (!conference || conference.status === 'completed') throw notFound(request.url.pathname)
  return conference
}

function found(voice: VoiceContext, request: Request) {
  const conference = liveConference(voice, request)
  const participant = conference.find(pathPart(request, 'CallSid'))
  if (!participant) throw notFound(request.url.pathname)
  return { conference, participant }
}

/** Only what really changes raises news. */
function update(
  voice: VoiceContext,
  conference: Conference,
  participant: Participant,
  request: Request,
): void {
  const { form } = request
  const { state, call } = participant
  const announcement = announceTarget(request)
  const holdUrl = urlParameter(form, 'HoldUrl')
  const holdMethod = methodParameter(form, 'HoldMethod', 'GET')
  const muted = form.boolean('Muted') ?? state.muted
  const hold = form.boolean('Hold') ?? state.hold
  const modified = modify(conference, participant, request)

  if (holdUrl !== null) state.holdMusic = { url: holdUrl, method: holdMethod }
  if (muted !== state.muted) {
    state.muted = muted
    report(conference, participant, 'mute', muted ? 'participant-mute' : 'participant-unmute')
    call.tell('conference.muted', `${call.who} is ${muted ? 'muted' : 'heard again'}`)
  }
  if (hold !== state.hold) {
    state.hold = hold
    report(conference, participant, 'hold', hold ? 'participant-hold' : 'participant-unhold')
    call.tell('conference.held', `${call.who} is ${hold ? 'on hold' : 'back from hold'}`)
  }
  if (modified) report(conference, participant, 'modify', 'participant-modify')
  participant.updatedAt = voice.clock.now()
  participant.changed.emit()
  if (announcement) void announce(voice, conference, announcement, participant)
}

function modify(conference: Conference, { state }: Participant, { form }: Request): boolean {
  const before = JSON.stringify(state)
  const coaching = form.boolean('Coaching')
  const callSidToCoach = form.text('CallSidToCoach') || state.callSidToCoach
  if (coaching && (callSidToCoach === null || !conference.find(callSidToCoach))) {
    const text = 'Coaching needs the CallSidToCoach of a participant of this conference'
    throw badRequest(text, voiceCodes.coachInvalid)
  }
  if (coaching !== undefined) {
    state.coaching = coaching
    state.callSidToCoach = coaching ? callSidToCoach : null
  }
  state.endOnExit = form.boolean('EndConferenceOnExit') ?? state.endOnExit
  state.beepOnExit = form.boolean('BeepOnExit') ?? state.beepOnExit
  if (form.has('WaitUrl')) {
    state.waitUrl = form.text('WaitUrl') ?? ''
    state.waitMethod = methodParameter(form, 'WaitMethod', 'POST')
  }
  return JSON.stringify(state) !== before
}

function report(
  conference: Conference,
  participant: Participant,
  news: 'mute' | 'hold' | 'modify',
  event: string,
): void {
  conference.report(news, event, participantFields(participant))
}
