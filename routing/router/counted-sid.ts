const lowDigits = 3
const lows = Array.from({ length: 16 ** lowDigits }, (_, low) =>
  low.toString(16).padStart(lowDigits, '0'),
)

/**
 * Makes SIDs out of two letters and a count, as 32 hex digits. The digits that seldom change are written out once,
 * because a simulation names millions of objects.
 */
export function createSidWriter(letters: string): (count: number) => string {
  let written = -1
  let prefix = ''
  return (count) => {
    const low = count % lows.length
    const high = (count - low) / lows.length
    if (high !== written) {
      written = high
      prefix = letters + high.toString(16).padStart(32 - lowDigits, '0')
    }
    return prefix + (lows[low] ?? '')
  }
}
