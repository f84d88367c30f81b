import * as pulumi from '@pulumi/pulumi'
import type { Args } from '../program/inputs.ts'
import { type FlowInputs, flow } from './flow.ts'

export { getFlow, getFlowOutput } from './look-ups.ts'

/** A Studio flow. Each change is validated and saved as a revision; what somebody else saved is not overwritten unseen. */
export class Flow extends pulumi.CustomResource {
  declare readonly sid: pulumi.Output<string>
  declare readonly friendlyName: pulumi.Output<string>
  declare readonly status: pulumi.Output<string>
  /** Number of the latest revision. */
  declare readonly revision: pulumi.Output<number>
  /** Where a number sends its calls and messages. */
  declare readonly webhookUrl: pulumi.Output<string>

  constructor(name: string, args: Args<FlowInputs>, options?: pulumi.CustomResourceOptions) {
    const computed = { sid: undefined, revision: undefined, webhookUrl: undefined }
    super(flow.token, name, { ...args, ...computed }, options)
  }
}
