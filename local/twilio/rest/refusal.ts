/** Codes of https://www.twilio.com/docs/api/errors that the local Twilio answers, in one place: most are remembered, not confirmed. */
export const codes = {
  badRequest: 20001,
  authentication: 20003,
  methodNotAllowed: 20004,
  notActive: 20005,
  forbidden: 20403,
  notFound: 20404,
  conflict: 20409,
  preconditionFailed: 20412,
  tooManyRequests: 20429,
  serverError: 20500,
  notImplemented: 20501,
  unavailable: 20503,
} as const

/** A call that the local Twilio refuses, as Twilio would; the HTTP layer turns it into Twilio's error body. */
export class TwilioRefusal extends Error {
  override readonly name = 'TwilioRefusal'
  /** HTTP status. */
  readonly status: number
  /** Twilio's error code. */
  readonly code: number
  readonly headers: Readonly<Record<string, string>>
  /** What the body tells under `details`, if anything. */
  readonly details: Readonly<Record<string, unknown>> | undefined

  constructor(
    status: number,
    code: number,
    message: string,
    headers: Readonly<Record<string, string>> = {},
    details?: Readonly<Record<string, unknown>>,
  ) {
    super(message)
    this.status = status
    this.code = code
    this.headers = headers
    this.details = details
  }
}

/** A bad or missing parameter, or a state that does not allow the call: 400 with code 20001 unless another is named. */
export function badRequest(message: string, code: number = codes.badRequest): TwilioRefusal {
  return new TwilioRefusal(400, code, message)
}

/** An object of that identity exists already: 409 with code 20409 unless another is named. */
export function conflict(message: string, code: number = codes.conflict): TwilioRefusal {
  return new TwilioRefusal(409, code, message)
}

/** No object of that name: 404, 20404. `path` is the resource as Twilio names it, without the version. */
export function notFound(path: string): TwilioRefusal {
  return new TwilioRefusal(404, codes.notFound, `The requested resource ${path} was not found`)
}

/** What the real Twilio does and this one does not: 501, naming it. */
export function notImplemented(what: string): TwilioRefusal {
  return new TwilioRefusal(
    501,
    codes.notImplemented,
    `${what} is not implemented by the local Twilio`,
  )
}

/** The body of Twilio's error answers. */
export function refusalBody({ status, code, message, details }: TwilioRefusal) {
  const more_info = `https://www.twilio.com/docs/errors/${code}`
  return { code, message, more_info, status, ...(details && { details }) }
}
