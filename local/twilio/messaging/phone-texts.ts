import type { Clock } from '../../clock.ts'
import type { PhoneText } from '../contract.ts'
import { PHONE_TEXTS_KEPT } from '../objects/retention.ts'
import type { MessageRow } from './message.ts'

/** The texts that outside phones have got and sent. */
export interface PhoneTexts {
  put(row: MessageRow): void
  /** What that phone has got. */
  to(address: string): readonly PhoneText[]
  /** What it has got and sent. */
  of(address: string): readonly PhoneText[]
}

/** No text yet. */
export function createPhoneTexts(clock: Clock): PhoneTexts {
  const texts: PhoneText[] = []
  return {
    put({ sid, from, to, body, media }) {
      const mediaUrls = media.map(({ url }) => url)
      texts.push({ sid, from: from ?? '', to, body, mediaUrls, at: clock.now() })
      if (texts.length > PHONE_TEXTS_KEPT) texts.shift()
    },
    to: (address) => texts.filter(({ to }) => to === address),
    of: (address) => texts.filter(({ from, to }) => from === address || to === address),
  }
}
