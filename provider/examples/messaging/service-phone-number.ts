import * as twilio from '@pulumi/twilio'

// A service that sends from a number of its own.
const service = new twilio.messaging.Service('service-phone-number-alerts', {
  friendlyName: 'Outage alerts',
})
const number = new twilio.phoneNumbers.IncomingPhoneNumber('service-phone-number-sender', {
  areaCode: '617',
  releaseOnDelete: true,
})
new twilio.messaging.ServicePhoneNumber('service-phone-number-place', {
  serviceSid: service.sid,
  phoneNumberSid: number.sid,
})
