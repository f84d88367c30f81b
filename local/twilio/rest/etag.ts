import { codes, TwilioRefusal } from './refusal.ts'
import type { Call } from './route.ts'

/** The version of an object as a header: a quoted number that grows with each change. */
export function etag(version: number): Readonly<Record<string, string>> {
  return { etag: `"${version}"` }
}

/** Refuses with 412 when the caller names another version than the current one; without `If-Match` the last write wins. */
export function checkIfMatch(call: Call, version: number): void {
  const wanted = call.headers.get('if-match')
  if (wanted === null || wanted === '*') return
  const current = `"${version}"`
  if (wanted !== current && wanted !== String(version)) {
    throw new TwilioRefusal(
      412,
      codes.preconditionFailed,
      `The If-Match header ${wanted} does not match the current version ${current}`,
    )
  }
}
