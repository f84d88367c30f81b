import * as pulumi from '@pulumi/pulumi'
import type { ResourceDescription } from '../description/description.ts'
import type { Args } from './inputs.ts'

/** What every object has besides its inputs. */
type Made = { readonly sid: string; readonly dateCreated?: string }

/** Properties as a program reads them from a resource. */
type Outputs<Properties> = {
  readonly [Name in keyof Required<Properties>]: pulumi.Output<Properties[Name]>
}

type ResourceClass<Inputs, More> = new (
  name: string,
  args: Args<Inputs>,
  options?: pulumi.CustomResourceOptions,
) => pulumi.CustomResource & Outputs<Omit<Inputs, keyof More> & More>

/**
 * The class of a resource type for programs, which takes its inputs and gives them, and `More`, as outputs. It stands apart from
 * the description: the provider's process reads that without loading Pulumi's SDK.
 */
export function resourceClass<Inputs, More = Made>({
  token,
  inputs,
  outputs,
}: ResourceDescription): ResourceClass<Inputs, More> {
  // An output is declared by passing it as undefined: the engine fills it in.
  const names = Object.keys({ ...outputs.properties, ...inputs.properties })
  const open = Object.fromEntries(names.map((name) => [name, undefined]))
  const made = class extends pulumi.CustomResource {
    constructor(name: string, args: Args<Inputs>, options?: pulumi.CustomResourceOptions) {
      super(token, name, { ...open, ...args }, options)
    }
  }
  // What the SDK sets on the object are the properties that the description names.
  return made as unknown as ResourceClass<Inputs, More>
}
