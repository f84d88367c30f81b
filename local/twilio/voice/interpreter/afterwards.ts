import { callFields } from '../call/call-fields.ts'
import type { Method } from '../twiml/index.ts'
import { absolute } from './address.ts'
import type { Frame } from './frame.ts'

/**
 * Requests a verb's `action` although the leg has left it for good (hung up, or sent elsewhere): the application is
 * told, its answer is not carried out.
 */
export function requestActionOnly(
  frame: Frame,
  action: string | null,
  method: Method,
  fields: Readonly<Record<string, string>>,
): void {
  if (action === null) return
  const { call, voice } = frame
  voice.notify({
    purpose: 'action',
    url: absolute(frame, action),
    method,
    fields: { ...callFields(call, voice.accountSid), ...fields },
    call,
  })
}
