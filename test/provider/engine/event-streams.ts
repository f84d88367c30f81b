import type { Declaration } from './declaration.ts'

/** What a centre has for Event Streams. Nobody listens at the address: its test event is lost at once. */
export const eventStreams: readonly Declaration[] = [
  {
    name: 'lake',
    type: 'twilio:events:Sink',
    program: () => ({
      description: 'Event lake',
      sinkType: 'webhook',
      sinkConfiguration: { destination: 'http://127.0.0.1:9/events', method: 'POST' },
    }),
  },
  {
    name: 'task-events',
    type: 'twilio:events:Subscription',
    program: ({ lake }) => ({
      description: 'Tasks for the lake',
      sinkSid: lake,
      types: [
        { type: 'com.twilio.taskrouter.task.created' },
        { type: 'com.twilio.taskrouter.task.completed', schemaVersion: 4 },
      ],
    }),
  },
]
