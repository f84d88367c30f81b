import { dateFilter } from '../../rest/date-filter.ts'
import { page2010 } from '../../rest/paging.ts'
import { badRequest, notFound } from '../../rest/refusal.ts'
import { type Answer, noContent, ok, pathPart, type Call as Request } from '../../rest/route.ts'
import type { Call } from '../call/call.ts'
import type { VoiceContext } from '../voice-context.ts'
import { callBody } from './call-body.ts'
import { createCall } from './create-call.ts'
import { updateCall } from './update-call.ts'

/** `/Accounts/{AccountSid}/Calls` */
export function callHandlers(voice: VoiceContext) {
  const { calls, accountSid } = voice
  const found = (request: Request) => foundCall(voice, request, 'Sid')
  return {
    create: (request: Request) => createCall(voice, request),
    fetch: (request: Request) => ok(callBody(found(request), accountSid)),
    update: (request: Request) => updateCall(voice, found(request), request),
    list(request: Request): Answer {
      const newestFirst = [...calls.list()].filter(filterOf(request)).reverse()
      return page2010(request, 'calls', newestFirst, (call) => callBody(call, accountSid))
    },
    remove(request: Request): Answer {
      const call = found(request)
      if (!call.end) throw badRequest(`Call ${call.sid} is ${call.status}: it can't be deleted`)
      calls.delete(call.sid)
      return noContent
    },
  }
}

/** The call that the path names. */
export function foundCall(voice: VoiceContext, request: Request, name: string): Call {
  const call = voice.calls.get(pathPart(request, name))
  if (!call) throw notFound(request.url.pathname)
  return call
}

function filterOf({ query }: Request): (call: Call) => boolean {
  const [to, from] = [query.text('To'), query.text('From')]
  const [parent, status] = [query.text('ParentCallSid'), query.text('Status')]
  const started = dateFilter(query, 'StartTime')
  const ended = dateFilter(query, 'EndTime')
  return (call) =>
    (!to || call.to === to) &&
    (!from || call.from === from) &&
    (!parent || call.parent?.sid === parent) &&
    (!status || call.status === status) &&
    started(call.createdAt) &&
    ended(call.endedAt)
}
