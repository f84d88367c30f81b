/** Twilio's refusal of a request. */
export class TwilioError extends Error {
  override readonly name = 'TwilioError'
  /** HTTP status. */
  readonly status: number
  /** Twilio's error code, 0 when the answer had none. */
  readonly code: number
  readonly moreInfo: string | undefined
  /** What was asked, `POST taskrouter.twilio.com/v1/Workspaces`. */
  readonly request: string
  /** Twilio's own words. */
  readonly reason: string

  constructor(request: string, status: number, body: unknown) {
    const {
      code,
      message,
      more_info: moreInfo,
    } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
    const reason = typeof message === 'string' ? message : 'no reason given'
    const number = typeof code === 'number' ? code : 0
    super(
      `Twilio refused ${request} with ${status}${number ? ` (error ${number})` : ''}: ${reason}`,
    )
    this.request = request
    this.reason = reason
    this.status = status
    this.code = number
    this.moreInfo = typeof moreInfo === 'string' ? moreInfo : undefined
  }
}

/** Twilio gave no usable answer, in spite of repeated tries. */
export class TwilioUnreachable extends Error {
  override readonly name = 'TwilioUnreachable'
  readonly code = 'twilio-unreachable'
  /** The object may have been created although no answer came. */
  readonly mayExist: boolean

  constructor(request: string, tries: number, mayExist: boolean, cause: unknown) {
    const outcome = mayExist
      ? '; it may have been carried out all the same: look for the object in the account before the next deployment, and import it if it is there'
      : ''
    super(`${request} got no answer (${tries} tries): ${reasonOf(cause)}${outcome}`, { cause })
    this.mayExist = mayExist
  }
}

/** The provider's configuration can't be used. */
export class UnusableConfiguration extends Error {
  override readonly name = 'UnusableConfiguration'
  readonly code = 'unusable-configuration'
}

/** A resource type that this provider does not have. */
export class UnknownResource extends Error {
  override readonly name = 'UnknownResource'
  readonly code = 'unknown-resource'

  constructor(type: string, known: readonly string[]) {
    super(`There is no resource ${type}; there are ${known.join(', ')}`)
  }
}

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
