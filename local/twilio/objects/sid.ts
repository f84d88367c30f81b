import { randomBytes } from 'node:crypto'

/** Names a new object: two letters and 32 hex digits. */
export type NewSid = (prefix: string) => string

/** Names objects from `random` (0 ≤ x < 1), so that a seeded run repeats; by default cryptographically random. */
export function createNewSid(random?: () => number): NewSid {
  if (!random) return createRandomSid()
  const eightDigits = () =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0')
  return (prefix) => prefix + eightDigits() + eightDigits() + eightDigits() + eightDigits()
}

// Random bytes are taken many at a time: each turn to the system costs more than all else about a SID.
function createRandomSid(): NewSid {
  const digits = 32
  let rest = ''
  return (prefix) => {
    if (rest === '') rest = randomBytes(128 * (digits / 2)).toString('hex')
    const sid = prefix + rest.slice(0, digits)
    rest = rest.slice(digits)
    return sid
  }
}

/** Whether the text is a SID of that prefix. */
export function isSid(prefix: string, text: string): boolean {
  return text.length === 34 && text.startsWith(prefix) && /^[0-9a-f]{32}$/i.test(text.slice(2))
}
