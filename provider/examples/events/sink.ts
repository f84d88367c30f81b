import * as twilio from '@pulumi/twilio'

// Events arrive as a JSON array, signed like a webhook; the endpoint answers 2xx within 5 seconds.
const lake = new twilio.events.Sink('sink-lake', {
  description: 'Event lake',
  sinkType: 'webhook',
  sinkConfiguration: { destination: 'http://127.0.0.1:9/events', method: 'POST' },
})

export const { sid, status } = lake
