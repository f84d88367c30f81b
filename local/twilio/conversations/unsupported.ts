import { notImplemented } from '../rest/refusal.ts'
import type { Handler } from '../rest/route.ts'

// Group MMS, e-mail, uploaded media, subjects, and dates of what was said elsewhere before.
const names = [
  'MessagingBinding.ProjectedAddress',
  'Bindings.Email.Address',
  'Bindings.Email.Name',
  'MediaSid',
  'Subject',
  'DateCreated',
  'DateUpdated',
]

/** Refuses, by name, what conversations take at Twilio and not here, rather than leaving it aside. */
export function refuseUnsupported(handle: Handler): Handler {
  return (call) => {
    const name = names.find((one) => call.form.text(one))
    if (name !== undefined)
      throw notImplemented(`${name} of a conversation, its messages or people`)
    return handle(call)
  }
}
