import * as twilio from '@pulumi/twilio'

// Conversations of the sales team, apart from all others.
export const { sid } = new twilio.conversations.Service('conversations-service-sales', {
  friendlyName: 'Sales',
})
