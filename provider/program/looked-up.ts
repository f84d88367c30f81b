import * as pulumi from '@pulumi/pulumi'

/** What a look-up finds: the properties as programs write them, the id that imports it, and Twilio's SID. */
export type Found<Inputs> = Readonly<Inputs> & { readonly id: string; readonly sid: string }

/** Arguments of a look-up: the name, and the parents' SIDs. */
export type LookUpArgs<Names extends string> = { readonly [Name in Names]: string }

/** The same, each of which may be an output. */
export type LookUpInputs<Args> = { readonly [Name in keyof Args]: pulumi.Input<Args[Name]> }

/** A look-up that a program waits for. It fails where there is none of the name, or several. */
export function lookUp<Args extends object, Result>(
  token: string,
): (args: Args, options?: pulumi.InvokeOptions) => Promise<Result> {
  return (args, options) => pulumi.runtime.invoke(token, args, options)
}

/** The same for arguments that are outputs. */
export function lookUpOutput<Args extends object, Result>(
  token: string,
): (args: LookUpInputs<Args>, options?: pulumi.InvokeOutputOptions) => pulumi.Output<Result> {
  return (args, options) => pulumi.runtime.invokeOutput(token, args, options)
}
