import type { Dial } from '../twiml/index.ts'
import { actionSource } from './address.ts'
import { type Frame, next, type Step } from './frame.ts'

/** On to the Dial's `action`, or to the next verb when it has none. */
export function afterDial(
  verb: Dial,
  frame: Frame,
  fields: Readonly<Record<string, string>>,
): Step {
  if (verb.action === null) return next
  return { kind: 'goto', source: actionSource(frame, verb.action, verb.method, fields) }
}
