import type { Clock } from '../../clock.ts'
import type { ReceivedText } from '../contract.ts'
import type { MessageRow } from './message.ts'

/** The texts that outside phones have got. */
export interface Inbox {
  put(row: MessageRow): void
  of(address: string): readonly ReceivedText[]
}

// Of all phones together.
const KEPT = 1_000

/** No text yet. */
export function createInbox(clock: Clock): Inbox {
  const texts: ReceivedText[] = []
  return {
    put({ sid, from, to, body, media }) {
      const mediaUrls = media.map(({ url }) => url)
      texts.push({ sid, from: from ?? '', to, body, mediaUrls, at: clock.now() })
      if (texts.length > KEPT) texts.shift()
    },
    of: (address) => texts.filter(({ to }) => to === address),
  }
}
