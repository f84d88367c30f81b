import { eventTypes } from '../../../schemas/index.ts'
import { isoDate } from '../rest/date.ts'

/** Something that happened in an account, for those who subscribe to its type. */
export type PublishedEvent = {
  /** `com.twilio.studio.flow.execution.ended`. */
  readonly type: string
  /** Path of the object it is about, the CloudEvent's `source`: `/v2/Flows/FW…/Executions/FN…`. */
  readonly subject?: string
  /** Asked for once, and only where somebody subscribes. */
  data(): Readonly<Record<string, unknown>>
  /** Milliseconds since the epoch. */
  readonly at: number
}

/** Gives an event to every sink that subscribes to its type. */
export type Publish = (event: PublishedEvent) => void

/** The CloudEvent 1.0 that sinks get. The same `id` means the same event, however often it comes. */
export type CloudEvent = {
  readonly specversion: '1.0'
  readonly type: string
  readonly source: string
  readonly id: string
  readonly dataschema: string
  readonly datacontenttype: 'application/json'
  readonly time: string
  readonly data: Readonly<Record<string, unknown>>
}

/** The event in the version of its schema that a subscription asks for. */
export function cloudEvent(
  { type, subject, at }: PublishedEvent,
  data: CloudEvent['data'],
  schemaVersion: number,
  id: string,
): CloudEvent {
  const schemaId = eventTypes.get(type)?.schemaId
  return {
    specversion: '1.0',
    type,
    source: subject ?? '/',
    id,
    dataschema: `https://events-schemas.twilio.com/${schemaId}/${schemaVersion}`,
    datacontenttype: 'application/json',
    time: isoDate(at),
    data,
  }
}
