import type { Parameter } from './client.ts'
import { describeDetails } from './refusal-details.ts'

/** What this provider refuses, or could not do. The message says what failed, on which object, and what to do. */
export abstract class ProviderError extends Error {
  abstract readonly code: string | number
}

/** Twilio's refusal of a request. */
export class TwilioError extends ProviderError {
  override readonly name = 'TwilioError'
  /** HTTP status. */
  readonly status: number
  /** Twilio's error code, 0 when the answer had none. */
  readonly code: number
  readonly moreInfo: string | undefined
  readonly method: string
  /** Host and path of what was asked, `taskrouter.twilio.com/v1/Workspaces`. */
  readonly path: string
  /** Twilio's own words. */
  readonly reason: string
  /** What more it says, line by line: each fault of a document. */
  readonly details: readonly string[]

  constructor({ method, host, path, creates, parameters }: Asked, status: number, body: unknown) {
    const answer = (typeof body === 'object' && body !== null ? body : {}) as Record<
      string,
      unknown
    >
    const { code, message, more_info: moreInfo } = answer
    const reason = typeof message === 'string' ? message : 'no reason given'
    const number = typeof code === 'number' ? code : 0
    const named = number ? ` (error ${number})` : ''
    const outcome = creates && status >= 500 ? mayExistText : ''
    const details = describeDetails(answer['details'], parameters)
    const lines = details.map((line) => `\n  ${line}`).join('')
    super(
      `Twilio refused ${method} ${host}${path} with ${status}${named}: ${reason}${outcome}${lines}`,
    )
    this.details = details
    this.method = method
    this.path = host + path
    this.reason = reason
    this.status = status
    this.code = number
    this.moreInfo = typeof moreInfo === 'string' ? moreInfo : undefined
  }
}

/** Twilio gave no usable answer, in spite of repeated tries. */
export class TwilioUnreachable extends ProviderError {
  override readonly name = 'TwilioUnreachable'
  readonly code = 'twilio-unreachable'
  /** The object may have been created although no answer came. */
  readonly mayExist: boolean

  constructor({ method, host, path }: Asked, tries: number, mayExist: boolean, cause: unknown) {
    const outcome = mayExist ? mayExistText : ''
    const reason = reasonOf(cause)
    super(`${method} ${host}${path} got no answer (${tries} tries): ${reason}${outcome}`, { cause })
    this.mayExist = mayExist
  }
}

/** What came back is no answer of Twilio's: something between here and there made it up. */
export class UnusableAnswer extends ProviderError {
  override readonly name = 'UnusableAnswer'
  readonly code = 'unusable-answer'

  constructor(what: string) {
    super(`Twilio’s answer lacks ${what}; is there a proxy before Twilio?`)
  }
}

/** The provider's configuration can't be used. */
export class UnusableConfiguration extends ProviderError {
  override readonly name = 'UnusableConfiguration'
  readonly code = 'unusable-configuration'
}

/** A resource type that this provider does not have. */
export class UnknownResource extends ProviderError {
  override readonly name = 'UnknownResource'
  readonly code = 'unknown-resource'

  constructor(type: string, known: readonly string[]) {
    super(`There is no resource ${type}; there are ${known.join(', ')}`)
  }
}

/** A function that this provider does not have. */
export class UnknownFunction extends ProviderError {
  override readonly name = 'UnknownFunction'
  readonly code = 'unknown-function'

  constructor(token: string, known: readonly string[]) {
    super(`There is no function ${token}; there are ${known.join(', ')}`)
  }
}

/** An id, given to an import for example, that no object of this type can have. */
export class UnusableId extends ProviderError {
  override readonly name = 'UnusableId'
  readonly code = 'unusable-id'

  constructor(token: string, id: string, wanted: string) {
    super(`“${id}” is no id of ${token}: it is ${wanted}`)
  }
}

/** A type whose objects can't be listed. */
export class NotListable extends ProviderError {
  override readonly name = 'NotListable'
  readonly code = 'not-listable'

  constructor(token: string, reason: string) {
    super(`${token} can't be listed: ${reason}`)
  }
}

/** A list was asked for with something that says nothing about this type. */
export class UnusableQuery extends ProviderError {
  override readonly name = 'UnusableQuery'
  readonly code = 'unusable-query'

  constructor(token: string, property: string, reason: string) {
    super(`List of ${token}: ${property} ${reason}`)
  }
}

/** A name that nothing in the account has. */
export class NothingFound extends ProviderError {
  override readonly name = 'NothingFound'
  readonly code = 'nothing-found'

  constructor(
    what: string,
    property: string,
    wanted: string,
    there: readonly string[],
    closest?: string,
  ) {
    const few = there.slice(0, 10).map((name) => `“${name}”`)
    const more = there.length > few.length ? ` and ${there.length - few.length} more` : ''
    const known = few.length > 0 ? `there are ${few.join(', ')}${more}` : 'there is none at all'
    const meant = closest === undefined ? '' : `; did you mean “${closest}”?`
    super(`${what} finds no ${property} “${wanted}”: ${known}${meant}`)
  }
}

/** A name that several objects have. */
export class SeveralFound extends ProviderError {
  override readonly name = 'SeveralFound'
  readonly code = 'several-found'

  constructor(what: string, property: string, wanted: string, ids: readonly string[]) {
    super(
      `${what} finds ${ids.length} of ${property} “${wanted}”: ${ids.join(', ')}; give them names of their own, or write the SID of the one that is meant`,
    )
  }
}

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

/** Somebody else saved a revision that this stack has not seen, and an update would write over it. */
export class UnseenRevision extends ProviderError {
  override readonly name = 'UnseenRevision'
  readonly code = 'unseen-revision'
  /** Number of the revision that is there now. */
  readonly revision: number

  constructor(token: string, id: string, revision: number, seen: number, about: string) {
    super(
      `${token} ${id}: ${about}; the last that this stack has seen is revision ${seen} (an update that was interrupted may have saved it, too). It is not overwritten: \`pulumi refresh\` shows what it changed and counts as having seen it, overwriteUnseenRevision: true writes over it unseen`,
    )
    this.revision = revision
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

type Asked = {
  readonly method: string
  readonly host: string
  readonly path: string
  /** Whether carrying it out makes an object. */
  readonly creates?: boolean
  readonly parameters?: Readonly<Record<string, Parameter>>
}

const mayExistText =
  '; it may have been carried out all the same: look for the object in the account before the next deployment, and import it if it is there'

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  // Node's fetch hides the reason (ECONNREFUSED …) in the cause.
  return cause.cause instanceof Error ? cause.cause.message || codeOf(cause.cause) : cause.message
}

/** `ECONNREFUSED` and its like, from an error of Node's fetch. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  return codeOf(error.cause)
}
