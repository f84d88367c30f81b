import * as twilio from '@pulumi/twilio'

const sink = new twilio.events.Sink('subscription-sink', {
  description: 'Wallboard',
  sinkType: 'webhook',
  sinkConfiguration: { destination: 'http://127.0.0.1:9/wallboard', method: 'POST' },
})

// The types are a set. One that is taken out of it is no longer sent.
export const { sid } = new twilio.events.Subscription('subscription-tasks', {
  description: 'Tasks on the wallboard',
  sinkSid: sink.sid,
  types: [
    { type: 'com.twilio.taskrouter.task.created' },
    { type: 'com.twilio.taskrouter.task.completed' },
    { type: 'com.twilio.taskrouter.reservation.accepted', schemaVersion: 4 },
  ],
})
