import * as twilio from '@pulumi/twilio'

// A branch with an account of its own, and what is in it, in one program. Deleting it keeps the account unless closeOnDelete.
const account = new twilio.account.Subaccount('subaccount-branch', {
  friendlyName: 'Branch office',
  closeOnDelete: true,
})

const branch = new twilio.Provider('subaccount-provider', {
  accountSid: account.sid,
  authToken: account.authToken,
})

export const { sid } = new twilio.taskrouter.Workspace(
  'subaccount-workspace',
  { friendlyName: 'Branch office' },
  { provider: branch },
)
