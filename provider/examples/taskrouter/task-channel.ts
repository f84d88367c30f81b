import * as twilio from '@pulumi/twilio'

const { sid: workspaceSid } = new twilio.taskrouter.Workspace('task-channel-support', {
  friendlyName: 'Support by post',
})
// Letters are a kind of work of their own: agents answer them beside their calls.
export const { sid } = new twilio.taskrouter.TaskChannel('task-channel-letters', {
  workspaceSid,
  friendlyName: 'Letters',
  uniqueName: 'letters',
})
