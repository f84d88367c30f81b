import { createHash } from 'node:crypto'
import type { HttpResponseInit } from '@azure/functions'
import { callEvent } from '../../schemas/index.ts'
import { archivedHeaders } from '../events/archive.ts'
import type { Services } from '../services.ts'
import type { Webhook } from '../webhook.ts'

/** `POST /call-status`: progress of calls, conferences and recordings; acknowledged, then archived. */
export async function callStatus(webhook: Webhook, services: Services): Promise<HttpResponseInit> {
  const receivedAt = services.now()
  const { at, id } = identify(webhook, receivedAt)
  await services.schedule(receivedAt, {
    kind: 'event',
    event: {
      ...{ source: 'voice', id, at, receivedAt },
      ...{ headers: archivedHeaders(webhook.headers), body: webhook.body },
    },
  })
  return { status: 204 }
}

/** The same id and time for every delivery of one event: whose it is, what it says, and its number. */
function identify({ parameters, body }: Webhook, receivedAt: number) {
  const event = callEvent.parse(parameters)
  const about = event.RecordingSid ?? event.ConferenceSid ?? event.CallSid
  const what = event.RecordingStatus ?? event.StatusCallbackEvent ?? event.CallStatus
  const named = [about, event.SequenceNumber, what].filter((part) => part !== undefined).join('-')
  const id = /^[A-Za-z0-9._-]{1,200}$/.test(named)
    ? named
    : createHash('sha256').update(body).digest('hex')
  const at = Date.parse(event.Timestamp ?? '')
  return { id, at: Number.isNaN(at) ? receivedAt : at }
}
