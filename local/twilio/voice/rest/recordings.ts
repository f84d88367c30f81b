import { rfc2822Date } from '../../rest/date.ts'
import { dateFilter } from '../../rest/date-filter.ts'
import { page2010 } from '../../rest/paging.ts'
import { badRequest, notFound } from '../../rest/refusal.ts'
import {
  type Answer,
  created,
  noContent,
  ok,
  pathPart,
  type Call as Request,
} from '../../rest/route.ts'
import { type Recording, silence } from '../recording/index.ts'
import type { VoiceContext } from '../voice-context.ts'
import { foundCall } from './calls.ts'
import { voiceCodes } from './codes.ts'
import { callbackParameter } from './form.ts'

/** Of what the recordings below a path are. */
type Owner = (
  request: Request,
) => { readonly sid: string; readonly kind: 'Calls' | 'Conferences' } | null

/** `Recordings` of the account, of a call, and of a conference: three views of the same. */
export function recordingHandlers(voice: VoiceContext, owner: Owner = () => null) {
  const { recordings, accountSid } = voice
  const belongs = (request: Request) => {
    const of = owner(request)
    return ({ call, conferenceSid }: Recording) =>
      of === null || (conferenceSid ?? call.sid) === of.sid
  }
  const found = (request: Request): Recording => {
    const sid = pathPart(request, 'Sid')
    const of = owner(request)
    const recording =
      sid === 'Twilio.CURRENT' && of ? recordings.running(of.sid) : recordings.get(sid)
    if (!recording || !belongs(request)(recording)) throw notFound(request.url.pathname)
    return recording
  }
  const body = (recording: Recording, of: ReturnType<Owner>) =>
    recordingBody(recording, of === null ? '' : `/${of.kind}/${of.sid}`, accountSid)
  return {
    list(request: Request): Answer {
      const rows = [...recordings.list()].filter(belongs(request)).filter(filterOf(request))
      const of = owner(request)
      return page2010(request, 'recordings', rows.reverse(), (one) => body(one, of))
    },
    fetch: (request: Request) => ok(body(found(request), owner(request))),
    remove(request: Request): Answer {
      recordings.delete(found(request).sid)
      return noContent
    },
    update(request: Request): Answer {
      const recording = found(request)
      const status = request.form.required('Status')
      if (status === 'paused') recording.pause()
      else if (status === 'in-progress') recording.resume()
      else if (status === 'stopped') recording.stop()
      else throw badRequest(`Status must be paused, in-progress or stopped, not '${status}'`)
      return ok(body(recording, owner(request)))
    },
    media(type: 'wav' | 'mp3') {
      return (request: Request): Answer => {
        found(request)
        return { status: 200, content: silence(type) }
      }
    },
  }
}

/** POST `Calls/{CA}/Recordings.json` */
export function startCallRecording(voice: VoiceContext, request: Request): Answer {
  const { form } = request
  const call = foundCall(voice, request, 'CallSid')
  const callback = callbackParameter(form, 'RecordingStatusCallback', ['completed'])
  if (call.status !== 'in-progress') {
    const text = `Call ${call.sid} is ${call.status}: only a call in progress can be recorded`
    throw badRequest(text, voiceCodes.notInProgress)
  }
  const recording = voice.recordings.start({
    call,
    source: 'StartCallRecordingAPI',
    channels: form.text('RecordingChannels') === 'dual' ? 2 : 1,
    track: form.oneOf('RecordingTrack', ['inbound', 'outbound', 'both'] as const) ?? 'both',
    callback,
  })
  return created(recordingBody(recording, `/Calls/${call.sid}`, voice.accountSid))
}

function recordingBody(recording: Recording, folder: string, accountSid: string) {
  const account = `/2010-04-01/Accounts/${accountSid}`
  const own = `${account}/Recordings/${recording.sid}`
  return {
    sid: recording.sid,
    account_sid: accountSid,
    call_sid: recording.call.sid,
    conference_sid: recording.conferenceSid,
    status: recording.status,
    channels: recording.channels,
    source: recording.source,
    start_time: rfc2822Date(recording.startedAt),
    date_created: rfc2822Date(recording.startedAt),
    date_updated: rfc2822Date(recording.updatedAt),
    duration: recording.over ? String(recording.durationSeconds) : null,
    price: null,
    price_unit: 'USD',
    error_code: null,
    encryption_details: null,
    api_version: '2010-04-01',
    uri: `${account}${folder}/Recordings/${recording.sid}.json`,
    ...(folder.startsWith('/Calls') ? { track: recording.track } : {}),
    ...(folder === ''
      ? {
          media_url: recording.url,
          subresource_uris: {
            add_on_results: `${own}/AddOnResults.json`,
            transcriptions: `${own}/Transcriptions.json`,
          },
        }
      : {}),
  }
}

function filterOf({ query }: Request): (recording: Recording) => boolean {
  const [callSid, conferenceSid] = [query.text('CallSid'), query.text('ConferenceSid')]
  const createdIn = dateFilter(query, 'DateCreated')
  return (recording) =>
    (!callSid || recording.call.sid === callSid) &&
    (!conferenceSid || recording.conferenceSid === conferenceSid) &&
    createdIn(recording.startedAt)
}
