import * as twilio from '@pulumi/twilio'

// In this service users see who else is online.
const service = new twilio.conversations.Service('service-configuration-team', {
  friendlyName: 'Team chat',
})
new twilio.conversations.ServiceConfiguration('service-configuration-presence', {
  chatServiceSid: service.sid,
  reachabilityEnabled: true,
})
