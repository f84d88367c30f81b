import * as twilio from '@pulumi/twilio'

// One contact centre; every event of it is told to one address.
export const { sid } = new twilio.taskrouter.Workspace('workspace-clinic', {
  friendlyName: 'Harbour Clinic',
  eventCallbackUrl: 'https://example.com/taskrouter-events',
})
