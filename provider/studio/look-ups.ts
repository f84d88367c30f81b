import * as pulumi from '@pulumi/pulumi'
import type { Found, LookUpArgs, LookUpInputs } from '../program/found.ts'
import type { FlowInputs } from './flow.ts'

type Named = LookUpArgs<'friendlyName'>
type FoundFlow = Found<FlowInputs> & { readonly revision: number; readonly webhookUrl: string }

/** The flow of this name. Fails when there is none, or several. */
export function getFlow(args: Named, options?: pulumi.InvokeOptions): Promise<FoundFlow> {
  return pulumi.runtime.invoke('twilio:studio:getFlow', args, options)
}

/** The same for a name that is an output. */
export function getFlowOutput(
  args: LookUpInputs<Named>,
  options?: pulumi.InvokeOutputOptions,
): pulumi.Output<FoundFlow> {
  return pulumi.runtime.invokeOutput('twilio:studio:getFlow', args, options)
}
