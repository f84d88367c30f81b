import type * as pulumi from '@pulumi/pulumi'

/** What a look-up finds: the properties as programs write them, the id that imports it, and Twilio's SID. */
export type Found<Inputs> = Readonly<Inputs> & { readonly id: string; readonly sid: string }

/** Arguments of a look-up: the name, and the parents' SIDs. */
export type LookUpArgs<Names extends string> = { readonly [Name in Names]: string }

/** The same, each of which may be an output. */
export type LookUpInputs<Args> = { readonly [Name in keyof Args]: pulumi.Input<Args[Name]> }
