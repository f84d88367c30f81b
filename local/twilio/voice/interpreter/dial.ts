import type { Dial } from '../twiml/index.ts'
import { type Frame, next, type Step } from './frame.ts'
export async function dial(_v: Dial, _f: Frame): Promise<Step> {
  return next
}
