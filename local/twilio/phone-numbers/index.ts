export { type AddressRow, createAddresses } from './addresses.ts'
export { createAvailablePhoneNumbers } from './available-phone-numbers.ts'
export { createIncomingPhoneNumbers, type IncomingNumberRow } from './incoming-phone-numbers.ts'
export { countryOf } from './number-plan.ts'
