import { resourceClass } from '../program/resource-class.ts'
import { type AddressInputs, address } from './address.ts'
import { type ApiKeyInputs, apiKey } from './api-key.ts'
import { type SubaccountInputs, subaccount } from './subaccount.ts'

/** `secret` is undefined for a key that was imported. */
type Key = { readonly sid: string; readonly secret: string }
/** `authToken` is a secret. */
type Opened = {
  readonly sid: string
  readonly authToken: string
  readonly ownerAccountSid: string
}

/** An API key, for everything but accounts and keys. Its `secret` is told once, and kept as a secret. */
export class ApiKey extends resourceClass<ApiKeyInputs, Key>(apiKey) {}

/** A street address, as numbers of many countries and emergency calls need it. */
export class Address extends resourceClass<AddressInputs>(address) {}

/** An account below this one. A provider made of its `sid` and `authToken` manages what is in it. */
export class Subaccount extends resourceClass<SubaccountInputs, Opened>(subaccount) {}
