import * as pulumi from '@pulumi/pulumi'
import type { Args } from '../program/inputs.ts'
import { type ServiceInputs, service } from './service.ts'
import { type ServicePhoneNumberInputs, servicePhoneNumber } from './service-phone-number.ts'

/** A messaging service: settings and webhooks for all messages from and to its numbers. */
export class Service extends pulumi.CustomResource {
  declare readonly sid: pulumi.Output<string>
  declare readonly friendlyName: pulumi.Output<string>

  constructor(name: string, args: Args<ServiceInputs>, options?: pulumi.CustomResourceOptions) {
    super(service.token, name, { ...args, sid: undefined }, options)
  }
}

/** A number's place in a messaging service. Deleting it takes the number out, and keeps it. */
export class ServicePhoneNumber extends pulumi.CustomResource {
  declare readonly sid: pulumi.Output<string>
  declare readonly serviceSid: pulumi.Output<string>
  declare readonly phoneNumberSid: pulumi.Output<string>
  declare readonly phoneNumber: pulumi.Output<string>

  constructor(
    name: string,
    args: Args<ServicePhoneNumberInputs>,
    options?: pulumi.CustomResourceOptions,
  ) {
    const computed = { sid: undefined, phoneNumber: undefined }
    super(servicePhoneNumber.token, name, { ...args, ...computed }, options)
  }
}
