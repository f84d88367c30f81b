import * as twilio from '@pulumi/twilio'

// Signs the tokens that let agents' browsers take calls. Both are outputs of the stack, the secret encrypted.
const key = new twilio.account.ApiKey('api-key-desk', { friendlyName: 'Agent desk' })

export const keySid = key.sid
export const keySecret = key.secret
