import { createHash, timingSafeEqual } from 'node:crypto'
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js'

/** What a webhook's sender signed. */
export type SignedRequest = {
  /** The address that Twilio called, query included: the public one, never the one of the request. */
  readonly url: string
  readonly signature: string
  /** A form's parameters, the values of a repeated name as a list; empty for GET and JSON. */
  readonly parameters: Readonly<Record<string, string | readonly string[]>>
  /** The raw body, checked against `bodySHA256` where the query has it. */
  readonly body: string
}

/** Whether one of the auth tokens signed this request. Two tokens hold while they are rotated. */
export function isSignedBy(
  tokens: readonly string[],
  { url, signature, parameters, body }: SignedRequest,
): boolean {
  if (!tokens.some((token) => validateRequest(token, signature, url, parameters))) return false
  const bodyHash = /[?&]bodySHA256=([^&#]*)/.exec(url)?.[1]
  if (bodyHash !== undefined) return hasHash(body, bodyHash)
  // A body that is no form is covered by its hash or by nothing.
  return body === '' || Object.keys(parameters).length > 0
}

function hasHash(body: string, expectedHex: string): boolean {
  const actual = createHash('sha256').update(body, 'utf8').digest()
  const expected = Buffer.from(expectedHex, 'hex')
  return actual.length === expected.length && timingSafeEqual(actual, expected)
}
