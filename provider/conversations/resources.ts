import { resourceClass } from '../program/resource-class.ts'
import { type AddressConfigurationInputs, addressConfiguration } from './address-configuration.ts'
import { type ConfigurationInputs, configuration } from './configuration.ts'
import { type ServiceInputs, service } from './service.ts'
import { type ServiceConfigurationInputs, serviceConfiguration } from './service-configuration.ts'
import { type ServiceWebhooksInputs, serviceWebhooks } from './service-webhooks.ts'
import { type WebhooksInputs, webhooks } from './webhooks.ts'

type OfAccount = { readonly accountSid: string }

/** A conversations service: conversations, users and roles of their own. */
export class Service extends resourceClass<ServiceInputs>(service) {}

/** Roles and reachability of a conversations service: a part of it, only set. */
export class ServiceConfiguration extends resourceClass<ServiceConfigurationInputs, object>(
  serviceConfiguration,
) {}

/** Webhooks of a conversations service: a part of it, only set. */
export class ServiceWebhooks extends resourceClass<ServiceWebhooksInputs, object>(
  serviceWebhooks,
) {}

/** The account's one configuration of Conversations. */
export class Configuration extends resourceClass<ConfigurationInputs, OfAccount>(configuration) {}

/** The account's webhooks for conversations. */
export class Webhooks extends resourceClass<WebhooksInputs, OfAccount>(webhooks) {}

/** What happens to messages to an address that belong to no conversation. */
export class AddressConfiguration extends resourceClass<AddressConfigurationInputs>(
  addressConfiguration,
) {}
