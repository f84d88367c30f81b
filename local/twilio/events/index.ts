export { publishedAlerts } from './error-log.ts'
export { createEvents, type Events, type EventsSnapshot } from './events.ts'
export type { Publish, PublishedEvent } from './published-event.ts'
