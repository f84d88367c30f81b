import * as pulumi from '@pulumi/pulumi'
import type { Args } from '../program/inputs.ts'
import { type AddressConfigurationInputs, addressConfiguration } from './address-configuration.ts'
import { type ConfigurationInputs, configuration } from './configuration.ts'
import { type ServiceInputs, service } from './service.ts'
import { type ServiceConfigurationInputs, serviceConfiguration } from './service-configuration.ts'
import { type ServiceWebhooksInputs, serviceWebhooks } from './service-webhooks.ts'
import { type WebhooksInputs, webhooks } from './webhooks.ts'

/** A conversations service: conversations, users and roles of their own. */
export class Service extends pulumi.CustomResource {
  declare readonly sid: pulumi.Output<string>
  declare readonly friendlyName: pulumi.Output<string>

  constructor(name: string, args: Args<ServiceInputs>, options?: pulumi.CustomResourceOptions) {
    super(service.token, name, { ...args, sid: undefined }, options)
  }
}

/** Roles and reachability of a conversations service: a part of it, only set. */
export class ServiceConfiguration extends pulumi.CustomResource {
  declare readonly chatServiceSid: pulumi.Output<string>

  constructor(
    name: string,
    args: Args<ServiceConfigurationInputs>,
    options?: pulumi.CustomResourceOptions,
  ) {
    super(serviceConfiguration.token, name, { ...args }, options)
  }
}

/** Webhooks of a conversations service: a part of it, only set. */
export class ServiceWebhooks extends pulumi.CustomResource {
  declare readonly chatServiceSid: pulumi.Output<string>

  constructor(
    name: string,
    args: Args<ServiceWebhooksInputs>,
    options?: pulumi.CustomResourceOptions,
  ) {
    super(serviceWebhooks.token, name, { ...args }, options)
  }
}

/** The account's one configuration of Conversations. */
export class Configuration extends pulumi.CustomResource {
  declare readonly accountSid: pulumi.Output<string>

  constructor(
    name: string,
    args: Args<ConfigurationInputs>,
    options?: pulumi.CustomResourceOptions,
  ) {
    super(configuration.token, name, { ...args, accountSid: undefined }, options)
  }
}

/** The account's webhooks for conversations. */
export class Webhooks extends pulumi.CustomResource {
  declare readonly accountSid: pulumi.Output<string>

  constructor(name: string, args: Args<WebhooksInputs>, options?: pulumi.CustomResourceOptions) {
    super(webhooks.token, name, { ...args, accountSid: undefined }, options)
  }
}

/** What happens to messages to an address that belong to no conversation. */
export class AddressConfiguration extends pulumi.CustomResource {
  declare readonly sid: pulumi.Output<string>
  declare readonly address: pulumi.Output<string>

  constructor(
    name: string,
    args: Args<AddressConfigurationInputs>,
    options?: pulumi.CustomResourceOptions,
  ) {
    super(addressConfiguration.token, name, { ...args, sid: undefined }, options)
  }
}
