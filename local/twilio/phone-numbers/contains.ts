import { badRequest } from '../rest/refusal.ts'

const KEYS = ['ABC', 'DEF', 'GHI', 'JKL', 'MNO', 'PQRS', 'TUV', 'WXYZ']

/**
 * Whether the number matches `Contains`: digits and letters (as on a telephone's keys), `*` for one character, `%` for
 * any run, a leading `+` for the number's start and a trailing `$` for its end.
 */
export function containsPattern(phoneNumber: string, pattern = ''): boolean {
  if (pattern === '') return true
  if (!/^\+?[\dA-Za-z*%]{1,15}\$?$/.test(pattern) || pattern.length < 2 || pattern.length > 16) {
    throw badRequest(`Contains '${pattern}' may hold 2 to 16 digits, letters, * and %`)
  }
  const plain = pattern.replaceAll(/[*%+$]/g, '')
  if (plain.length < 2) {
    throw badRequest(`Contains '${pattern}' needs at least two digits or letters`)
  }
  const expression = pattern
    .replaceAll(/[A-Za-z]/g, digitOf)
    .replaceAll('+', '^')
    .replaceAll('*', '\\d')
    .replaceAll('%', '\\d*')
  return new RegExp(expression).test(phoneNumber.slice(1))
}

function digitOf(letter: string): string {
  return String(KEYS.findIndex((letters) => letters.includes(letter.toUpperCase())) + 2)
}
