import type { Sid } from '../router-contract.ts'

/** Why TaskRouter refuses: what a caller may act on. */
export type RefusalKind = 'invalid' | 'unknown' | 'conflict' | 'gone'

// Only 20001 and 20404 are Twilio's known codes here; those of 409 and 410 follow their pattern.
const answers = {
  invalid: { status: 400, code: 20001 },
  unknown: { status: 404, code: 20404 },
  conflict: { status: 409, code: 20409 },
  gone: { status: 410, code: 20410 },
} as const

/** TaskRouter would refuse this command; nothing was changed. */
export class RouterRefusal extends Error {
  override readonly name = 'RouterRefusal'
  readonly kind: RefusalKind
  /** Twilio's error code. */
  readonly code: number
  /** The HTTP status of the answer. */
  readonly status: number
  /** The object that the refusal is about. */
  readonly sid: Sid

  constructor(kind: RefusalKind, sid: Sid, message: string, cause?: unknown) {
    super(message, { cause })
    this.kind = kind
    this.code = answers[kind].code
    this.status = answers[kind].status
    this.sid = sid
  }
}
