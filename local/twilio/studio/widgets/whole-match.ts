import { createContext, Script } from 'node:vm'

// Longer than any sensible pattern needs, and short enough for everybody else to wait.
const LONGEST_MS = 250

// Only a script of its own can be stopped while it matches; one realm will do, since none waits.
const script = new Script('new RegExp(pattern, "is").test(text)')
const realm = createContext({ pattern: '', text: '' })

/**
 * Whether a pattern of Java's dialect matches the whole text, in any case of letters. Throws when it is no pattern, or tries for so
 * long that it would hold up everything else, as `(a+)+` does on a text that nearly matches.
 */
export function matchesWhole(pattern: string, text: string): boolean {
  Object.assign(realm, { pattern: `^(?:${inJavaScript(pattern)})$`, text })
  return script.runInContext(realm, { timeout: LONGEST_MS }) === true
}

const classes: Readonly<Record<string, string>> = {
  Lower: 'a-z',
  Upper: 'A-Z',
  Alpha: 'a-zA-Z',
  Digit: '0-9',
  Alnum: 'a-zA-Z0-9',
  Punct: '!-\\/:-@\\[-`{-~',
  Blank: ' \\t',
  Space: '\\s',
}

// What the two dialects spell differently, one construct a match; all else that is escaped stands as it is.
const SPELLINGS = /^\(\?[ismu]+\)|\\Q(?<quoted>.*?)(?:\\E|$)|\\p\{(?<named>\w+)\}|\\.|[[\]]/gs

function inJavaScript(pattern: string): string {
  let isInClass = false
  return pattern.replaceAll(SPELLINGS, (found, ...rest) => {
    const { quoted = '', named }: { quoted?: string; named?: string } = rest.at(-1)
    if (found === '[' || found === ']') {
      isInClass = found === '['
      return found
    }
    if (found.startsWith('(?')) return ''
    if (found.startsWith('\\Q')) return quoted.replaceAll(/\W/g, '\\$&')
    if (named) {
      const letters = classes[named]
      if (letters === undefined) throw new SyntaxError(`there is no class ${found}`)
      return isInClass ? letters : `[${letters}]`
    }
    if (found === '\\A') return '^'
    if (found === '\\z' || found === '\\Z') return '$'
    return found === '\\h' ? (isInClass ? ' \\t' : '[ \\t]') : found
  })
}
