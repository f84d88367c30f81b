import * as twilio from '@pulumi/twilio'

// Reminders that nobody wants to get late: one that waits for an hour is not sent any more.
export const { sid } = new twilio.messaging.Service('messaging-service-reminders', {
  friendlyName: 'Appointment reminders',
  usecase: 'notifications',
  validityPeriod: 3600,
  statusCallback: 'https://example.com/reminder-status',
})
