import { rfc2822Date } from '../../rest/date.ts'
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
import type { QueueMember, VoiceQueue } from '../queue/queue.ts'
import type { VoiceContext } from '../voice-context.ts'
import { voiceCodes } from './codes.ts'
import { methodParameter, urlParameter } from './form.ts'

const MOST_CALLS = 5_000

/** `/Accounts/{AccountSid}/Queues` */
export function queueHandlers(voice: VoiceContext) {
  const { queues, accountSid, clock } = voice
  const found = (request: Request) => foundQueue(voice, request, 'Sid')
  const body = (queue: VoiceQueue) => queueBody(queue, accountSid)
  const freeName = (name: string | undefined, except?: VoiceQueue) => {
    if (name === undefined) return undefined
    if (name.length < 1 || name.length > 64) {
      throw badRequest(`FriendlyName must have 1 to 64 characters, not ${name.length}`)
    }
    const taken = queues.named(name)
    if (!taken || taken === except) return name
    throw badRequest(`A queue named '${name}' exists already`, voiceCodes.queueNameTaken)
  }
  return {
    list: (request: Request) => page2010(request, 'queues', queues.list(), body),
    fetch: (request: Request) => ok(body(found(request))),
    create({ form }: Request): Answer {
      const maxSize = form.integer('MaxSize', { min: 1, max: MOST_CALLS }) ?? 1_000
      const name = freeName(form.required('FriendlyName')) ?? ''
      return created(body(queues.create(name, maxSize)))
    },
    update(request: Request): Answer {
      const queue = found(request)
      const { form } = request
      const maxSize = form.integer('MaxSize', { min: 1, max: MOST_CALLS })
      queue.friendlyName = freeName(form.text('FriendlyName'), queue) ?? queue.friendlyName
      queue.maxSize = maxSize ?? queue.maxSize
      queue.updatedAt = clock.now()
      return ok(body(queue))
    },
    remove(request: Request): Answer {
      const queue = found(request)
      const size = queue.members().length
      if (size > 0) {
        throw badRequest(`Queue ${queue.sid} has ${size} calls in it`, voiceCodes.queueNotEmpty)
      }
      queues.delete(queue.sid)
      return noContent
    },
  }
}

/** `/Accounts/{AccountSid}/Queues/{QueueSid}/Members`; `Front` is the longest in the queue. */
export function memberHandlers(voice: VoiceContext) {
  const { accountSid } = voice
  const found = (request: Request): QueueMember => {
    const callSid = pathPart(request, 'CallSid')
    const members = foundQueue(voice, request, 'QueueSid').members()
    const member = members.find(({ call }, index) =>
      callSid === 'Front' ? index === 0 : call.sid === callSid,
    )
    if (!member) throw notFound(request.url.pathname)
    return member
  }
  return {
    list(request: Request): Answer {
      const members = foundQueue(voice, request, 'QueueSid').members()
      const rows = members.map((member) => ({ sid: member.call.sid, member }))
      return page2010(request, 'queue_members', rows, ({ member }) =>
        memberBody(member, accountSid),
      )
    },
    fetch: (request: Request) => ok(memberBody(found(request), accountSid)),
    /** Takes the call out and sends it to another document. */
    update(request: Request): Answer {
      const member = found(request)
      const { form } = request
      form.required('Url')
      const url = urlParameter(form, 'Url') ?? ''
      const method = methodParameter(form, 'Method', 'POST')
      const body = memberBody(member, accountSid)
      member.leave({ kind: 'redirected', source: { kind: 'url', url, method } })
      return ok(body)
    },
  }
}

function foundQueue({ queues }: VoiceContext, request: Request, name: string): VoiceQueue {
  const queue = queues.get(pathPart(request, name))
  if (!queue) throw notFound(request.url.pathname)
  return queue
}

function queueBody(queue: VoiceQueue, accountSid: string) {
  return {
    sid: queue.sid,
    account_sid: accountSid,
    friendly_name: queue.friendlyName,
    current_size: queue.members().length,
    max_size: queue.maxSize,
    average_wait_time: queue.averageWaitSeconds,
    date_created: rfc2822Date(queue.createdAt),
    date_updated: rfc2822Date(queue.updatedAt),
    uri: `/2010-04-01/Accounts/${accountSid}/Queues/${queue.sid}.json`,
  }
}

function memberBody(
  { call, queue, enqueuedAt, position, waitSeconds }: QueueMember,
  accountSid: string,
) {
  return {
    call_sid: call.sid,
    queue_sid: queue.sid,
    date_enqueued: rfc2822Date(enqueuedAt),
    position,
    wait_time: waitSeconds,
    uri: `/2010-04-01/Accounts/${accountSid}/Queues/${queue.sid}/Members/${call.sid}.json`,
  }
}
