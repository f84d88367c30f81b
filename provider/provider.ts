import * as pulumi from '@pulumi/pulumi'
import type { Configuration } from './configuration.ts'
import type { Args } from './inputs.ts'

/** An account of its own, beside the default one that `twilio:…` configures. */
export class Provider extends pulumi.ProviderResource {
  constructor(name: string, args: Args<Configuration> = {}, options?: pulumi.ResourceOptions) {
    const { authToken, apiSecret, ...rest } = args
    super(
      'twilio',
      name,
      {
        ...rest,
        authToken: authToken === undefined ? undefined : pulumi.secret(authToken),
        apiSecret: apiSecret === undefined ? undefined : pulumi.secret(apiSecret),
      },
      options,
    )
  }
}
