import * as pulumi from '@pulumi/pulumi'
import type { Args } from '../program/inputs.ts'
import { type ConfigurationInputs, configuration } from './configuration.ts'

/** The account's one configuration of Flex: what is named here is merged into it, and everything else is left alone. */
export class Configuration extends pulumi.CustomResource {
  declare readonly accountSid: pulumi.Output<string>
  /** SID of Flex itself, `GO…`. */
  declare readonly flexInstanceSid: pulumi.Output<string>

  constructor(
    name: string,
    args: Args<ConfigurationInputs>,
    options?: pulumi.CustomResourceOptions,
  ) {
    const computed = { accountSid: undefined, flexInstanceSid: undefined }
    super(configuration.token, name, { ...args, ...computed }, options)
  }
}
