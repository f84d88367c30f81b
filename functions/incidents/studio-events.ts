import type { HttpResponseInit } from '@azure/functions'
import { cloudEvent, executionEnded, InvalidInput } from '../../schemas/index.ts'
import { archivedHeaders } from '../events/archive.ts'
import type { Services } from '../services.ts'
import type { Webhook } from '../webhook.ts'

const endedType = 'com.twilio.studio.flow.execution.ended'

/**
 * `POST /studio-events`, the webhook sink of Event Streams: one CloudEvent or an array of them. Ends of our flow's executions become
 * jobs, all others are only archived; acknowledged at once, for Twilio waits five seconds.
 */
export async function studioEvents(
  { body, headers }: Webhook,
  services: Services,
): Promise<HttpResponseInit> {
  const receivedAt = services.now()
  const kept = archivedHeaders(headers)
  for (const item of itemsOf(body)) {
    // One that is no event must not have the whole batch sent again for hours.
    if (cloudEvent.problems(item).length > 0) {
      services.log.warn('studio-events.odd', { problems: cloudEvent.problems(item) })
      continue
    }
    const event = cloudEvent.parse(item)
    const executionSid = endedExecution(event, services)
    if (executionSid !== undefined) {
      await services.schedule(receivedAt, { kind: 'incident-execution', executionSid })
    }
    if (!/^[A-Za-z0-9._-]{1,200}$/.test(event.id)) continue
    const at = Date.parse(event.time ?? '') || receivedAt
    const archived = { source: 'studio', id: event.id, at, receivedAt, headers: kept }
    await services.schedule(receivedAt, {
      kind: 'archive',
      event: { ...archived, body: JSON.stringify(item) },
    })
  }
  return { status: 204 }
}

/** The execution of our flow that has ended, if that is what the event says. */
export function endedExecution(
  { type, data }: { readonly type: string; readonly data?: unknown },
  { settings }: Pick<Services, 'settings'>,
): string | undefined {
  if (type !== endedType || executionEnded.problems(data).length > 0) return undefined
  const { execution_sid: executionSid, flow_sid: flowSid } = executionEnded.parse(data)
  return flowSid === settings.app.FLOW_SID ? executionSid : undefined
}

function itemsOf(body: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(body)
    return Array.isArray(value) ? value : [value]
  } catch {
    throw new InvalidInput('events', [{ path: '', message: 'must be JSON' }])
  }
}
