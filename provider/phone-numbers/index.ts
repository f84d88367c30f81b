import * as pulumi from '@pulumi/pulumi'
import type { Args } from '../program/inputs.ts'
import { type IncomingPhoneNumberInputs, incomingPhoneNumber } from './incoming-phone-number.ts'

export { getPhoneNumber, getPhoneNumberOutput } from './look-ups.ts'

/** A phone number: adopted if the account has it, bought otherwise, and kept on delete unless `releaseOnDelete` is set. */
export class IncomingPhoneNumber extends pulumi.CustomResource {
  declare readonly sid: pulumi.Output<string>
  declare readonly phoneNumber: pulumi.Output<string>

  constructor(
    name: string,
    args: Args<IncomingPhoneNumberInputs>,
    options?: pulumi.CustomResourceOptions,
  ) {
    super(
      incomingPhoneNumber.token,
      name,
      { phoneNumber: undefined, ...args, sid: undefined },
      options,
    )
  }
}
