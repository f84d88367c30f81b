import { createHash } from 'node:crypto'
import type { HttpResponseInit } from '@azure/functions'
import { type ArchivedEvent, type TaskEvent, taskEvent } from '../../schemas/index.ts'
import { huntNews } from '../hunts/hunt-events.ts'
import type { Services } from '../services.ts'
import type { Webhook } from '../webhook.ts'
import { archive, archivedHeaders } from './archive.ts'
import { react } from './reaction.ts'

/**
 * `POST /task-events`: what happens in the workspace; acknowledged at once, archived and acted upon by a job. Most events call
 * for nothing: those are archived here and now, which costs less than their way through the queue.
 */
export async function taskEvents(webhook: Webhook, services: Services): Promise<HttpResponseInit> {
  const receivedAt = services.now()
  const parsed = taskEvent.parse(webhook.parameters)
  const event = toArchived(webhook, parsed, receivedAt)
  if (!(callsForNothing(parsed) && (await isArchived(event, services)))) {
    await services.schedule(receivedAt, { kind: 'event', event })
  }
  return { status: 204, headers: { 'content-type': 'application/json' } }
}

function callsForNothing(event: TaskEvent): boolean {
  const news = huntNews(event)
  return news ? news.event === null : react(event).kind === 'none'
}

async function isArchived(event: ArchivedEvent, services: Services): Promise<boolean> {
  try {
    await archive(event, services)
    return true
  } catch (error) {
    services.log.warn('archive.failed', { id: event.id, error })
    return false
  }
}

/** The event as it goes into the archive, the same for every delivery but for its arrival. */
function toArchived(
  { headers, body }: Webhook,
  { Sid, TimestampMs, Timestamp }: TaskEvent,
  receivedAt: number,
): ArchivedEvent {
  const at = Number(TimestampMs ?? Number(Timestamp) * 1000)
  return {
    source: 'taskrouter',
    id: /^EV[0-9a-f]{32}$/i.test(Sid ?? '') && Sid ? Sid : hash(body),
    at: Number.isSafeInteger(at) && at > 0 ? at : receivedAt,
    receivedAt,
    headers: archivedHeaders(headers),
    body,
  }
}

function hash(body: string): string {
  return createHash('sha256').update(body).digest('hex')
}
