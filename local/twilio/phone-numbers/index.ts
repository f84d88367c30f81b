export { createAvailablePhoneNumbers } from './available-phone-numbers.ts'
export { createIncomingPhoneNumbers, type IncomingNumberRow } from './incoming-phone-numbers.ts'
