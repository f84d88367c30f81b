/** The account that the local Twilio knows. Nothing here is a secret: it exists on one machine only. */
export const demoAccount = {
  accountSid: `AC${'5'.repeat(32)}`,
  authToken: '10ca110ca110ca110ca110ca110ca110',
  /** Numbers from the range that is reserved for fiction. */
  callerNumber: '+12025550123',
} as const

/** Who the functions are at the local ServiceNow. */
export const demoServiceNow = { user: 'switchboard', password: 'local' } as const

/**
 * Opens the secrets of the stack `local`; the salt in Pulumi.local.yaml belongs to it. Documented and fixed, since nothing in that
 * stack is a secret.
 */
export const localPassphrase = 'switchboard'

/** Where everything listens unless told otherwise. */
export const defaultPorts = {
  console: 4300,
  twilio: 4301,
  functions: 4302,
  serviceNow: 4303,
  blobs: 4310,
  queues: 4311,
  tables: 4312,
} as const
