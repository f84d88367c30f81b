import * as twilio from '@pulumi/twilio'

// What the wallboards share; each sees only what permissions open to it.
export const { sid } = new twilio.sync.Service('sync-service-wallboards', {
  friendlyName: 'Wallboards',
  aclEnabled: true,
  webhookUrl: 'https://example.com/wallboards',
})
