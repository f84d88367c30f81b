export type {
  FaultProfile,
  LiveEvent,
  LiveView,
  PhoneProfile,
  Phones,
  Twilio,
  TwilioOptions,
} from './contract.ts'
export { ConnectionReset, faultProfile } from './faults.ts'
export { ForeignSnapshot } from './objects/snapshot.ts'
export { PortUnavailable, serveTwilio, type TwilioServer } from './serve.ts'
export { createTwilio } from './twilio.ts'
