import * as twilio from '@pulumi/twilio'

// Every message of this service is looked at before it is added, and archived afterwards.
const service = new twilio.conversations.Service('service-webhooks-care', {
  friendlyName: 'Customer care',
})
new twilio.conversations.ServiceWebhooks('service-webhooks-archive', {
  chatServiceSid: service.sid,
  preWebhookUrl: 'https://example.com/may-be-added',
  postWebhookUrl: 'https://example.com/archive',
  filters: ['onMessageAdd', 'onMessageAdded', 'onConversationStateUpdated'],
})
