export { createEvents, type Events, type EventsSnapshot } from './events.ts'
