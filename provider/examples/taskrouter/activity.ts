import * as twilio from '@pulumi/twilio'

const { sid: workspaceSid } = new twilio.taskrouter.Workspace('activity-support', {
  friendlyName: 'Support with breaks',
})
// The workspace comes with Available, Unavailable and Offline; these are further ones.
new twilio.taskrouter.Activity('activity-lunch', { workspaceSid, friendlyName: 'Lunch' })
new twilio.taskrouter.Activity('activity-at-home', {
  workspaceSid,
  friendlyName: 'Available at home',
  available: true,
})
