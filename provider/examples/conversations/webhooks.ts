import * as twilio from '@pulumi/twilio'

// Every conversation of the account that begins or ends is told of.
new twilio.conversations.Webhooks('conversations-webhooks', {
  postWebhookUrl: 'https://example.com/conversations',
  filters: ['onConversationAdded', 'onConversationRemoved', 'onConversationStateUpdated'],
})
