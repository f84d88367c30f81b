import * as twilio from '@pulumi/twilio'

// A text to the number begins a conversation, and a webhook decides who answers.
const number = new twilio.phoneNumbers.IncomingPhoneNumber('address-configuration-number', {
  areaCode: '415',
  releaseOnDelete: true,
})
export const { sid } = new twilio.conversations.AddressConfiguration(
  'address-configuration-texts',
  {
    type: 'sms',
    address: number.phoneNumber,
    friendlyName: 'Texts to the front desk',
    autoCreation: {
      enabled: true,
      type: 'webhook',
      webhookUrl: 'https://example.com/new-conversation',
      webhookFilters: ['onMessageAdded', 'onParticipantAdded'],
    },
  },
)
