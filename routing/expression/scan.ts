import { ExpressionError } from './expression-error.ts'

/** A piece of an expression's text. Words are identifiers and keywords alike; the parser tells them apart. */
export type Token = {
  readonly kind: 'word' | 'string' | 'number' | 'symbol' | 'end'
  /** The word, the symbol, or the text of the number. */
  readonly text: string
  /** The value of a string, with its escapes resolved. */
  readonly value: string
  readonly start: number
  readonly end: number
}

const space = /\s+/y
const word = /[\p{L}_$][\p{L}\p{N}_$]*/uy
const number = /-?\d+(?:\.\d+)?/y
// Longest first: `>-` and `<-` are HAS and IN, so a comparison with a negative number needs a space.
const symbol = /==|!=|>=|<=|>-|<-|[=<>()[\],.]/y
const wrongSymbols: readonly (readonly [string, string])[] = [
  ['&&', 'write AND'],
  ['&', 'write AND'],
  ['||', 'write OR'],
  ['|', 'write OR'],
  ['!', 'write NOT before a comparison, != between two values'],
  ['-', 'a name cannot hold a hyphen: rename the attribute with an underscore, or quote the value'],
  ['‘', 'use straight quotes: \' or "'],
  ['’', 'use straight quotes: \' or "'],
  ['“', 'use straight quotes: \' or "'],
  ['”', 'use straight quotes: \' or "'],
  [';', 'write AND or OR between comparisons'],
  ['{', 'a list is written in square brackets'],
]

/** Cuts an expression into tokens; the last one has kind `end`. */
export function scan(text: string): readonly Token[] {
  const tokens: Token[] = []
  let offset = 0
  while (offset < text.length) {
    const blank = match(space, text, offset)
    if (blank !== null) {
      offset += blank.length
      continue
    }
    const token = scanOne(text, offset)
    tokens.push(token)
    offset = token.end
  }
  tokens.push({ kind: 'end', text: '', value: '', start: text.length, end: text.length })
  return tokens
}

function scanOne(text: string, start: number): Token {
  const first = text[start]
  if (first === '"' || first === "'") return scanString(text, start)
  const digits = match(number, text, start)
  if (digits !== null) {
    const after = match(word, text, start + digits.length)
    if (after !== null) {
      throw new ExpressionError(
        text,
        start,
        `“${digits}${after}” is neither a number nor a name`,
        'a name does not start with a digit; put quotes around a text',
      )
    }
    return { kind: 'number', text: digits, value: '', start, end: start + digits.length }
  }
  const name = match(word, text, start)
  if (name !== null) {
    return { kind: 'word', text: name, value: '', start, end: start + name.length }
  }
  const sign = match(symbol, text, start)
  if (sign !== null) {
    return { kind: 'symbol', text: sign, value: '', start, end: start + sign.length }
  }
  const wrong = wrongSymbols.find(([sequence]) => text.startsWith(sequence, start))
  const shown = wrong?.[0] ?? String.fromCodePoint(text.codePointAt(start) ?? 0)
  throw new ExpressionError(text, start, `“${shown}” is not part of an expression`, wrong?.[1])
}

// Escapes are not documented by Twilio; \' \" and \\ are understood, any other backslash stands for itself.
function scanString(text: string, start: number): Token {
  const quote = text[start]
  let value = ''
  for (let offset = start + 1; offset < text.length; offset++) {
    const character = text[offset] ?? ''
    if (character === quote) return { kind: 'string', text: '', value, start, end: offset + 1 }
    const next = text[offset + 1] ?? ''
    if (character === '\\' && (next === '\\' || next === "'" || next === '"')) {
      value += next
      offset++
    } else {
      value += character
    }
  }
  throw new ExpressionError(
    text,
    start,
    'this quote is never closed',
    `add ${quote} at the end of the text`,
  )
}

function match(pattern: RegExp, text: string, offset: number): string | null {
  pattern.lastIndex = offset
  return pattern.exec(text)?.[0] ?? null
}
