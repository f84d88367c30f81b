import { resourceClass } from '../program/resource-class.ts'
import { type ServiceInputs, service } from './service.ts'
import { type ServicePhoneNumberInputs, servicePhoneNumber } from './service-phone-number.ts'

type Numbered = { readonly sid: string; readonly phoneNumber: string }

/** A messaging service: settings and webhooks for all messages from and to its numbers. */
export class Service extends resourceClass<ServiceInputs>(service) {}

/** A number's place in a messaging service. Deleting it takes the number out, and keeps it. */
export class ServicePhoneNumber extends resourceClass<ServicePhoneNumberInputs, Numbered>(
  servicePhoneNumber,
) {}
