import type { Sid } from '../router-contract.ts'
import type { Counters } from './state.ts'

const lowDigits = 3
const lows = Array.from({ length: 16 ** lowDigits }, (_, low) =>
  low.toString(16).padStart(lowDigits, '0'),
)

/** Names reservations `WR` and a counter of 32 hex digits. The digits that seldom change are written out once. */
export function countedSids(counters: Counters): () => Sid {
  let written = -1
  let prefix = ''
  return () => {
    const count = ++counters.reservation
    const low = count % lows.length
    const high = (count - low) / lows.length
    if (high !== written) {
      written = high
      prefix = `WR${high.toString(16).padStart(32 - lowDigits, '0')}`
    }
    return prefix + (lows[low] ?? '')
  }
}
