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
export { PortUnavailable, serveTwilio, type TwilioServer } from './serve.ts'
export { ForeignSnapshot } from './snapshot.ts'
export { createTwilio } from './twilio.ts'
