import * as twilio from '@pulumi/twilio'

const { sid: workspaceSid } = new twilio.taskrouter.Workspace('task-queue-support', {
  friendlyName: 'Support with experts',
})
// Served by whoever speaks Spanish and knows the matter; the first of two to answer has the call.
export const { sid } = new twilio.taskrouter.TaskQueue('task-queue-spanish', {
  workspaceSid,
  friendlyName: 'Spanish experts',
  targetWorkers: 'languages HAS "es" AND level >= 3',
  maxReservedWorkers: 2,
})
