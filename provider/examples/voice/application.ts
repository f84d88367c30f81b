import * as twilio from '@pulumi/twilio'

// What agents' browsers call through: the token of a device names the application.
export const { sid } = new twilio.voice.Application('application-desk', {
  friendlyName: 'Agent desk',
  voiceUrl: 'https://example.com/outgoing-call',
  voiceMethod: 'POST',
})
