import { del, get, pathPart, post, type Call as Request, type Route } from '../../rest/route.ts'
import type { VoiceContext } from '../voice-context.ts'
import { callerIdHandlers } from './caller-ids.ts'
import { callHandlers } from './calls.ts'
import { conferenceHandlers } from './conferences.ts'
import { participantHandlers } from './participants.ts'
import { memberHandlers, queueHandlers } from './queues.ts'
import { recordingHandlers, startCallRecording } from './recordings.ts'

/** The endpoints of Voice in the API 2010. */
export function voiceRoutes(voice: VoiceContext): readonly Route[] {
  const account = '/2010-04-01/Accounts/{AccountSid}'
  const calls = callHandlers(voice)
  const conferences = conferenceHandlers(voice)
  const participants = participantHandlers(voice)
  const queues = queueHandlers(voice)
  const members = memberHandlers(voice)
  const callerIds = callerIdHandlers(voice)
  const recordings = recordingHandlers(voice)
  const ofCall = recordingHandlers(voice, (request: Request) => ({
    kind: 'Calls',
    sid: pathPart(request, 'CallSid'),
  }))
  const ofConference = recordingHandlers(voice, (request: Request) => ({
    kind: 'Conferences',
    sid: pathPart(request, 'ConferenceSid'),
  }))
  const participantPath = `${account}/Conferences/{ConferenceSid}/Participants`
  const callRecording = `${account}/Calls/{CallSid}/Recordings`
  const conferenceRecording = `${account}/Conferences/{ConferenceSid}/Recordings`
  return [
    get(`${account}/Calls.json`, calls.list),
    post(`${account}/Calls.json`, calls.create),
    get(`${account}/Calls/{Sid}.json`, calls.fetch),
    post(`${account}/Calls/{Sid}.json`, calls.update),
    del(`${account}/Calls/{Sid}.json`, calls.remove),

    get(`${callRecording}.json`, ofCall.list),
    post(`${callRecording}.json`, (request) => startCallRecording(voice, request)),
    get(`${callRecording}/{Sid}.json`, ofCall.fetch),
    post(`${callRecording}/{Sid}.json`, ofCall.update),
    del(`${callRecording}/{Sid}.json`, ofCall.remove),

    get(`${account}/Conferences.json`, conferences.list),
    get(`${account}/Conferences/{Sid}.json`, conferences.fetch),
    post(`${account}/Conferences/{Sid}.json`, conferences.update),

    get(`${participantPath}.json`, participants.list),
    post(`${participantPath}.json`, participants.create),
    get(`${participantPath}/{CallSid}.json`, participants.fetch),
    post(`${participantPath}/{CallSid}.json`, participants.update),
    del(`${participantPath}/{CallSid}.json`, participants.remove),

    get(`${conferenceRecording}.json`, ofConference.list),
    get(`${conferenceRecording}/{Sid}.json`, ofConference.fetch),
    post(`${conferenceRecording}/{Sid}.json`, ofConference.update),
    del(`${conferenceRecording}/{Sid}.json`, ofConference.remove),

    get(`${account}/Queues.json`, queues.list),
    post(`${account}/Queues.json`, queues.create),
    get(`${account}/Queues/{Sid}.json`, queues.fetch),
    post(`${account}/Queues/{Sid}.json`, queues.update),
    del(`${account}/Queues/{Sid}.json`, queues.remove),
    get(`${account}/Queues/{QueueSid}/Members.json`, members.list),
    get(`${account}/Queues/{QueueSid}/Members/{CallSid}.json`, members.fetch),
    post(`${account}/Queues/{QueueSid}/Members/{CallSid}.json`, members.update),

    get(`${account}/Recordings.json`, recordings.list),
    get(`${account}/Recordings/{Sid}.json`, recordings.fetch),
    del(`${account}/Recordings/{Sid}.json`, recordings.remove),
    get(`${account}/Recordings/{Sid}.wav`, recordings.media('wav')),
    get(`${account}/Recordings/{Sid}.mp3`, recordings.media('mp3')),
    get(`${account}/Recordings/{Sid}`, recordings.media('wav')),

    get(`${account}/OutgoingCallerIds.json`, callerIds.list),
    post(`${account}/OutgoingCallerIds.json`, callerIds.create),
    get(`${account}/OutgoingCallerIds/{Sid}.json`, callerIds.fetch),
    post(`${account}/OutgoingCallerIds/{Sid}.json`, callerIds.update),
    del(`${account}/OutgoingCallerIds/{Sid}.json`, callerIds.remove),
  ]
}
