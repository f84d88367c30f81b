import * as pulumi from '@pulumi/pulumi'
import type { Configuration } from '../protocol/configuration.ts'
import type { Args } from './inputs.ts'

/**
 * An account of its own, beside the default one that `twilio:…` configures. How Twilio is reached (`baseUrl`, `region`, `edge`) is
 * taken from there where it is not said; who signs in is not.
 */
export class Provider extends pulumi.ProviderResource {
  constructor(name: string, args: Args<Configuration> = {}, options?: pulumi.ResourceOptions) {
    const { authToken, apiSecret, ...rest } = args
    const stack = new pulumi.Config('twilio')
    const { baseUrl = stack.get('baseUrl'), region = stack.get('region') } = args
    // The edge of one region says nothing about another.
    const { edge = args.region === undefined ? stack.get('edge') : undefined } = args
    super(
      'twilio',
      name,
      {
        ...rest,
        baseUrl,
        region,
        edge,
        authToken: authToken === undefined ? undefined : pulumi.secret(authToken),
        apiSecret: apiSecret === undefined ? undefined : pulumi.secret(apiSecret),
      },
      options,
    )
  }
}
