import * as twilio from '@pulumi/twilio'

// A number that the account has is adopted, any other one bought. It is kept when the stack is destroyed.
const main = new twilio.phoneNumbers.IncomingPhoneNumber('incoming-phone-number-main', {
  phoneNumber: '+12025550117',
  friendlyName: 'Main line',
  voiceUrl: 'https://example.com/incoming-call',
  statusCallback: 'https://example.com/call-ended',
})

export const { phoneNumber } = main
