import { rfc2822Date } from '../../rest/date.ts'
import { dateFilter } from '../../rest/date-filter.ts'
import { page2010 } from '../../rest/paging.ts'
import { badRequest, notFound } from '../../rest/refusal.ts'
import { type Answer, ok, pathPart, type Call as Request } from '../../rest/route.ts'
import { announce, type Conference } from '../conference/index.ts'
import type { VoiceContext } from '../voice-context.ts'
import { methodParameter, urlParameter } from './form.ts'

/** `/Accounts/{AccountSid}/Conferences` */
export function conferenceHandlers(voice: VoiceContext) {
  const { conferences, accountSid } = voice
  const found = (request: Request): Conference => {
    const conference = conferences.get(pathPart(request, 'Sid'))
    if (!conference) throw notFound(request.url.pathname)
    return conference
  }
  const body = (conference: Conference) => conferenceBody(conference, accountSid)
  return {
    fetch: (request: Request) => ok(body(found(request))),
    list(request: Request): Answer {
      const status = request.query.oneOf('Status', ['init', 'in-progress', 'completed'] as const)
      const all = status && status !== 'completed' ? conferences.live() : conferences.list()
      const rows = [...all].filter((one) => !status || one.status === status)
      return page2010(request, 'conferences', rows.filter(filterOf(request)).reverse(), body)
    },
    update(request: Request): Answer {
      const conference = found(request)
      const { form } = request
      const announcement = announceTarget(request)
      if (conference.status === 'completed') {
        throw badRequest(`Conference ${conference.sid} is completed: it can't be updated`)
      }
      if (announcement) void announce(voice, conference, announcement)
      if (form.oneOf('Status', ['completed'] as const)) conference.endByApi()
      return ok(body(conference))
    },
  }
}

/** `AnnounceUrl` with `AnnounceMethod`. */
export function announceTarget({ form }: Request) {
  const url = urlParameter(form, 'AnnounceUrl')
  return url === null ? null : { url, method: methodParameter(form, 'AnnounceMethod', 'POST') }
}

function conferenceBody(conference: Conference, accountSid: string) {
  const uri = `/2010-04-01/Accounts/${accountSid}/Conferences/${conference.sid}.json`
  return {
    sid: conference.sid,
    account_sid: accountSid,
    friendly_name: conference.friendlyName,
    status: conference.status,
    region: conference.settings.region ?? 'us1',
    api_version: '2010-04-01',
    date_created: rfc2822Date(conference.createdAt),
    date_updated: rfc2822Date(conference.updatedAt),
    reason_conference_ended: conference.endReason,
    call_sid_ending_conference: conference.callSidEnding,
    uri,
    subresource_uris: {
      participants: uri.replace('.json', '/Participants.json'),
      recordings: uri.replace('.json', '/Recordings.json'),
    },
  }
}

function filterOf({ query }: Request): (conference: Conference) => boolean {
  const friendlyName = query.text('FriendlyName')
  const createdIn = dateFilter(query, 'DateCreated')
  const updatedIn = dateFilter(query, 'DateUpdated')
  return (conference) =>
    (!friendlyName || conference.friendlyName === friendlyName) &&
    createdIn(conference.createdAt) &&
    updatedIn(conference.updatedAt)
}
