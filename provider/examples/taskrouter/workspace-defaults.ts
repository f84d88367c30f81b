import * as twilio from '@pulumi/twilio'

const { sid: workspaceSid } = new twilio.taskrouter.Workspace('workspace-defaults-sales', {
  friendlyName: 'Sales',
})
const missed = new twilio.taskrouter.Activity('workspace-defaults-missed', {
  workspaceSid,
  friendlyName: 'Missed a call',
})
const offline = new twilio.taskrouter.Activity('workspace-defaults-offline', {
  workspaceSid,
  friendlyName: 'Offline',
})
// New agents are offline; one who lets a call ring gets no more until they come back.
new twilio.taskrouter.WorkspaceDefaults('workspace-defaults-roles', {
  workspaceSid,
  defaultActivitySid: offline.sid,
  timeoutActivitySid: missed.sid,
})
