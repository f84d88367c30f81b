import { ProviderError } from '../protocol/provider-error.ts'

/** The object that was to be changed is not there any more. */
export class ObjectGone extends ProviderError {
  override readonly name = 'ObjectGone'
  readonly code = 'object-gone'

  constructor(token: string, id: string) {
    super(
      `${token} ${id} is not there any more: somebody deleted it. \`pulumi refresh\` takes it out of the state, and the next \`pulumi up\` makes it anew`,
    )
  }
}

/** An object that is to be taken over differs in something that Twilio never changes. */
export class ObjectDiffers extends ProviderError {
  override readonly name = 'ObjectDiffers'
  readonly code = 'object-differs'

  constructor(token: string, differing: Readonly<Record<string, unknown>>) {
    const values = Object.entries(differing).map(
      ([name, value]) => `${name} = ${JSON.stringify(value)}`,
    )
    super(
      `${token} is there already with ${values.join(', ')}, which can't be changed: declare it so, or choose another name`,
    )
  }
}
