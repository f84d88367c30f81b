import { createHash } from 'node:crypto'
import type { HttpResponseInit } from '@azure/functions'
import { type ArchivedEvent, type TaskEvent, taskEvent } from '../../schemas/index.ts'
import type { Services } from '../services.ts'
import type { Webhook } from '../webhook.ts'
import { archivedHeaders } from './archive.ts'

/** `POST /task-events`: what happens in the workspace; acknowledged at once, archived and acted upon by a job. */
export async function taskEvents(webhook: Webhook, services: Services): Promise<HttpResponseInit> {
  const receivedAt = services.now()
  const parsed = taskEvent.parse(webhook.parameters)
  const event = toArchived(webhook, parsed, receivedAt)
  await services.schedule(receivedAt, { kind: 'event', event })
  return { status: 204, headers: { 'content-type': 'application/json' } }
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
