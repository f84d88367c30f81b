import * as pulumi from '@pulumi/pulumi'
import type { Args } from '../program/inputs.ts'
import { type ApplicationInputs, application } from './application.ts'

/** A TwiML application: a set of webhooks that numbers and client devices refer to. */
export class Application extends pulumi.CustomResource {
  declare readonly sid: pulumi.Output<string>
  declare readonly friendlyName: pulumi.Output<string>

  constructor(name: string, args: Args<ApplicationInputs>, options?: pulumi.CustomResourceOptions) {
    super(application.token, name, { ...args, sid: undefined }, options)
  }
}
