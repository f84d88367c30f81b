import * as pulumi from '@pulumi/pulumi'
import type { Args } from '../program/inputs.ts'
import { type AddressInputs, address } from './address.ts'
import { type ApiKeyInputs, apiKey } from './api-key.ts'
import { type SubaccountInputs, subaccount } from './subaccount.ts'

/** An API key, for everything but accounts and keys. Its `secret` is told once, and kept as a secret. */
export class ApiKey extends pulumi.CustomResource {
  declare readonly sid: pulumi.Output<string>
  declare readonly friendlyName: pulumi.Output<string>
  /** Undefined for a key that was imported. */
  declare readonly secret: pulumi.Output<string>

  constructor(name: string, args: Args<ApiKeyInputs>, options?: pulumi.CustomResourceOptions) {
    super(apiKey.token, name, { ...args, sid: undefined, secret: undefined }, options)
  }
}

/** A street address, as numbers of many countries and emergency calls need it. */
export class Address extends pulumi.CustomResource {
  declare readonly sid: pulumi.Output<string>
  declare readonly customerName: pulumi.Output<string>

  constructor(name: string, args: Args<AddressInputs>, options?: pulumi.CustomResourceOptions) {
    super(address.token, name, { ...args, sid: undefined }, options)
  }
}

/** An account below this one. A provider made of its `sid` and `authToken` manages what is in it. */
export class Subaccount extends pulumi.CustomResource {
  declare readonly sid: pulumi.Output<string>
  declare readonly friendlyName: pulumi.Output<string>
  /** A secret. */
  declare readonly authToken: pulumi.Output<string>

  constructor(name: string, args: Args<SubaccountInputs>, options?: pulumi.CustomResourceOptions) {
    const computed = { sid: undefined, authToken: undefined, ownerAccountSid: undefined }
    super(subaccount.token, name, { ...args, ...computed }, options)
  }
}
