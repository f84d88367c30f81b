import type * as pulumi from '@pulumi/pulumi'

/** A value in which every part may also be an output of another resource. */
export type DeepInput<T> = T extends readonly (infer Item)[]
  ? pulumi.Input<readonly DeepInput<Item>[]>
  : T extends object
    ? pulumi.Input<{ readonly [Key in keyof T]: DeepInput<T[Key]> }>
    : pulumi.Input<T>

/** Arguments of a resource: its inputs, each of which may be an output. */
export type Args<Inputs> = { readonly [Key in keyof Inputs]: DeepInput<Inputs[Key]> }
