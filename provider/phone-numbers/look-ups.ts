import * as pulumi from '@pulumi/pulumi'
import type { Found, LookUpArgs, LookUpInputs } from '../program/found.ts'
import type { IncomingPhoneNumberInputs } from './incoming-phone-number.ts'

type Numbered = LookUpArgs<'phoneNumber'>

/** The account's own number, by its digits in E.164. */
export function getPhoneNumber(
  args: Numbered,
  options?: pulumi.InvokeOptions,
): Promise<Found<IncomingPhoneNumberInputs>> {
  return pulumi.runtime.invoke('twilio:phoneNumbers:getPhoneNumber', args, options)
}

/** The same for digits that are an output. */
export function getPhoneNumberOutput(
  args: LookUpInputs<Numbered>,
  options?: pulumi.InvokeOutputOptions,
): pulumi.Output<Found<IncomingPhoneNumberInputs>> {
  return pulumi.runtime.invokeOutput('twilio:phoneNumbers:getPhoneNumber', args, options)
}
