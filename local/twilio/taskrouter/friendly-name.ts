import { badRequest } from '../rest/refusal.ts'

const LONGEST = 64

/** A friendly name of a workspace, worker, activity or channel: 1 to 64 characters. */
export function friendlyName(text: string): string {
  if (text === '') throw badRequest('FriendlyName must not be empty')
  if (text.length > LONGEST) {
    throw badRequest(`FriendlyName has ${text.length} characters; at most ${LONGEST} are allowed`)
  }
  return text
}
