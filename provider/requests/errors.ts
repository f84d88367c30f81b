import { ProviderError } from '../protocol/provider-error.ts'
import type { Parameter } from './client.ts'
import { describeDetails } from './refusal-details.ts'

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
