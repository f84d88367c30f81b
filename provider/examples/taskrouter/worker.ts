import * as twilio from '@pulumi/twilio'

const { sid: workspaceSid } = new twilio.taskrouter.Workspace('worker-support', {
  friendlyName: 'Support in two languages',
})
// Queues and workflows choose agents by their attributes; contact_uri is what rings.
export const { sid } = new twilio.taskrouter.Worker('worker-alice', {
  workspaceSid,
  friendlyName: 'alice',
  attributes: { contact_uri: 'client:alice', languages: ['en', 'es'], level: 3 },
})
