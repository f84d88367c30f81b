import { resourceClass } from '../program/resource-class.ts'
import { type IncomingPhoneNumberInputs, incomingPhoneNumber } from './incoming-phone-number.ts'

export { getPhoneNumber, getPhoneNumberOutput } from './look-ups.ts'

/** Of a number that is bought by area code only the object tells its digits. */
type Numbered = { readonly sid: string; readonly phoneNumber: string }

/** A phone number: adopted if the account has it, bought otherwise, and kept on delete unless `releaseOnDelete` is set. */
export class IncomingPhoneNumber extends resourceClass<IncomingPhoneNumberInputs, Numbered>(
  incomingPhoneNumber,
) {}
