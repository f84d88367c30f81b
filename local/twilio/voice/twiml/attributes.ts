import type { Warning } from './check.ts'
import type { Element } from './element.ts'
import type { Method } from './verb.ts'

// Codes of Twilio's error dictionary for a bad value, remembered rather than confirmed; others are 12200.
const codes: Readonly<Record<string, number>> = {
  'Say.loop': 13510,
  'Play.loop': 13410,
  'Play.digits': 13411,
  'Pause.length': 13910,
  'Redirect.method': 13710,
  'Gather.finishOnKey': 13310,
  'Gather.method': 13312,
  'Gather.timeout': 13313,
  'Gather.numDigits': 13314,
  'Gather.speechTimeout': 13327,
  'Record.method': 13610,
  'Record.timeout': 13612,
  'Record.finishOnKey': 13613,
  'Record.maxLength': 13614,
  'Dial.method': 13211,
  'Dial.timeout': 13212,
  'Dial.hangupOnStar': 13213,
  'Dial.timeLimit': 13216,
  'Number.sendDigits': 13222,
  'Conference.muted': 13230,
  'Conference.endConferenceOnExit': 13231,
  'Conference.startConferenceOnEnter': 13232,
  'Conference.waitMethod': 13234,
  'Conference.beep': 13235,
  'Conference.maxParticipants': 13236,
  'Enqueue.method': 14206,
  'Enqueue.waitUrlMethod': 14203,
}

/** Reads an element's attributes; a bad value becomes a warning and the default is used. */
export interface AttributeReader {
  /** The text, or undefined when the attribute is absent. */
  text(name: string): string | undefined
  integer<D>(
    name: string,
    standard: D,
    bounds: { readonly min: number; readonly max?: number },
  ): number | D
  boolean(name: string, standard: boolean): boolean
  method(name: string, standard: Method): Method
  oneOf<T extends string>(name: string, values: readonly T[], standard: T): T
  /** The text when it matches. */
  matching<D>(name: string, pattern: RegExp, standard: D): string | D
  /** Words separated by spaces. */
  words(name: string, standard: readonly string[]): readonly string[]
}

/** A reader that adds its complaints to `warnings`. */
export function attributesOf(element: Element, warnings: Warning[]): AttributeReader {
  const { name: tag, attributes, line } = element
  const text = (name: string) => attributes[name]
  function read<T>(name: string, standard: T, accept: (value: string) => T | undefined): T {
    const value = attributes[name]
    if (value === undefined || value === '') return standard
    const accepted = accept(value)
    if (accepted !== undefined) return accepted
    const code = codes[`${tag}.${name}`] ?? 12200
    const instead = standard === null || standard === undefined ? 'ignored' : `${standard} is used`
    warnings.push({
      code,
      text: `line ${line}: <${tag} ${name}="${value}"> is no valid value, ${instead}`,
    })
    return standard
  }
  return {
    text,
    integer: (name, standard, { min, max = Number.MAX_SAFE_INTEGER }) =>
      read<number | typeof standard>(name, standard, (value) => {
        const number = /^\d+$/.test(value.trim()) ? Number(value) : Number.NaN
        return number >= min && number <= max ? number : undefined
      }),
    boolean: (name, standard) =>
      read(name, standard, (value) =>
        /^true$/i.test(value) ? true : /^false$/i.test(value) ? false : undefined,
      ),
    method: (name, standard) =>
      read<Method>(name, standard, (value) => {
        const method = value.toUpperCase()
        return method === 'GET' || method === 'POST' ? method : undefined
      }),
    oneOf: (name, values, standard) =>
      read(name, standard, (value) => values.find((candidate) => candidate === value)),
    matching: (name, pattern, standard) =>
      read<string | typeof standard>(name, standard, (value) =>
        pattern.test(value) ? value : undefined,
      ),
    words: (name, standard) => text(name)?.split(/\s+/).filter(Boolean) ?? standard,
  }
}
