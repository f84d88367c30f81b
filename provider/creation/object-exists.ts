import { ProviderError } from '../protocol/provider-error.ts'
import { TwilioError } from '../requests/errors.ts'

/** Something is there already that would be a second one of the same identity, and nothing proves that this stack made it. */
export class ObjectExists extends ProviderError {
  override readonly name = 'ObjectExists'
  readonly code = 'object-exists'
  /** Id of the object that is there. */
  readonly id: string

  constructor({ token, name, identity, id, differs }: Existing, cause?: unknown) {
    const reason = cause instanceof TwilioError ? `; Twilio says: ${cause.reason}` : ''
    const likeness = differs
      ? ''
      : ' exactly as declared, perhaps left by an interrupted deployment'
    super(
      `${token} ${identity} is there already as ${id}${likeness}, and this stack has no record of making it${reason}. Take it over with \`pulumi import ${token} ${name} ${id}\`, or choose another name, or delete it`,
      { cause },
    )
    this.id = id
  }
}

type Existing = {
  readonly token: string
  /** Name of the resource in the program. */
  readonly name: string
  /** What names it at Twilio: `friendlyName “Spanish”`. */
  readonly identity: string
  readonly id: string
  /** Whether it is different from what is declared. */
  readonly differs: boolean
}
