import { randomBytes } from 'node:crypto'

/** Names a new object: two letters and 32 hex digits. */
export type NewSid = (prefix: string) => string

/** Names objects from `random` (0 ≤ x < 1), so that a seeded run repeats; by default cryptographically random. */
export function createNewSid(random?: () => number): NewSid {
  if (!random) return (prefix) => prefix + randomBytes(16).toString('hex')
  const eightDigits = () =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0')
  return (prefix) => prefix + eightDigits() + eightDigits() + eightDigits() + eightDigits()
}

/** Whether the text is a SID of that prefix. */
export function isSid(prefix: string, text: string): boolean {
  return text.length === 34 && text.startsWith(prefix) && /^[0-9a-f]{32}$/i.test(text.slice(2))
}
