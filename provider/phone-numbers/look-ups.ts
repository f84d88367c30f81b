import { type Found, type LookUpArgs, lookUp, lookUpOutput } from '../program/looked-up.ts'
import type { IncomingPhoneNumberInputs } from './incoming-phone-number.ts'

type Numbered = LookUpArgs<'phoneNumber'>
type FoundNumber = Found<IncomingPhoneNumberInputs>

const token = 'twilio:phoneNumbers:getPhoneNumber'

/** The account's own number, by its digits in E.164. */
export const getPhoneNumber = lookUp<Numbered, FoundNumber>(token)
export const getPhoneNumberOutput = lookUpOutput<Numbered, FoundNumber>(token)
