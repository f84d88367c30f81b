import * as twilio from '@pulumi/twilio'

// Bob answers three chats at once, and no texts while he learns.
const { sid: workspaceSid } = new twilio.taskrouter.Workspace('worker-channel-support', {
  friendlyName: 'Support with chats',
})
const { sid: workerSid } = new twilio.taskrouter.Worker('worker-channel-bob', {
  workspaceSid,
  friendlyName: 'bob',
})
new twilio.taskrouter.WorkerChannel('worker-channel-chat', {
  workspaceSid,
  workerSid,
  taskChannel: 'chat',
  capacity: 3,
})
new twilio.taskrouter.WorkerChannel('worker-channel-sms', {
  workspaceSid,
  workerSid,
  taskChannel: 'sms',
  available: false,
})
