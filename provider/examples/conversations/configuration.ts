import * as twilio from '@pulumi/twilio'

// Conversations go to sleep after an hour without messages, and are closed a week later.
new twilio.conversations.Configuration('conversations-configuration', {
  defaultInactiveTimer: 'PT1H',
  defaultClosedTimer: 'P7D',
})
