import { holdsCredentials } from '../../../schemas/index.ts'
import type { PropertyMap, PropertyValue } from '../../engine/index.ts'
import { type Code, literal } from './code.ts'

// A SID that stands for itself, also within a longer text.
const sids = /(?<![0-9A-Za-z])[A-Z]{2}[0-9a-f]{32}(?![0-9A-Za-z])/g

/** What stands in the place of texts. */
export type Naming = {
  /** What a SID is called here; undefined: it stays a SID. */
  nameOf(sid: string): Code | undefined
  /** An output that is exactly this text. */
  addressOf(text: string): Code | undefined
  /** What stands for a text that must not be written out. */
  secretOf(path: string): Code
}

/** Every SID in a value, also within texts. */
export function sidsIn(value: PropertyValue | undefined): readonly string[] {
  if (typeof value === 'string') return value.match(sids) ?? []
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value as PropertyMap).flatMap((item) => sidsIn(item))
}

/** A value as code, in which objects of the program are referred to instead of their SIDs. */
export function toCode(value: PropertyValue, naming: Naming, path: string): Code {
  if (typeof value === 'string') {
    return isSecret(value, path) ? naming.secretOf(path) : textToCode(value, naming)
  }
  if (typeof value !== 'object' || value === null) return literal(value)
  if (Array.isArray(value)) {
    return {
      kind: 'array',
      items: value.map((item, i) => toCode(item, naming, `${path} ${i + 1}`)),
    }
  }
  const entries = readingOrder(value as PropertyMap).map(
    ([key, item]) => [key, toCode(item, naming, `${path} ${key}`)] as const,
  )
  return { kind: 'object', entries }
}

// What one looks for first. Twilio's order is lost on the wire, where keys are sorted.
const firstKeys = [
  ...['name', 'filter_friendly_name', 'friendly_name', 'description', 'type', 'event', 'next'],
  ...['filters', 'default_filter', 'expression', 'targets', 'queue', 'timeout', 'priority'],
]

/** The entries of an object in the order in which people read them. */
export function readingOrder(map: PropertyMap): readonly (readonly [string, PropertyValue])[] {
  const place = (key: string) => firstKeys.indexOf(key) + 1 || firstKeys.length + 1
  return Object.entries(map).toSorted(([a], [b]) => place(a) - place(b))
}

/** Cuts a text at the SIDs that have a name. */
export function splitText(
  text: string,
  nameOf: (sid: string) => Code | undefined,
): readonly (string | Code)[] {
  const parts: (string | Code)[] = []
  let end = 0
  for (const { 0: sid, index } of text.matchAll(sids)) {
    const reference = nameOf(sid)
    if (!reference) continue
    if (index > end) parts.push(text.slice(end, index))
    parts.push(reference)
    end = index + sid.length
  }
  if (end < text.length) parts.push(text.slice(end))
  return parts
}

/**
 * Whether a text must not be written out: an address with a password (`https://user:password@example.com`), or what stands under a
 * name like `sip_password`. A Liquid template under such a name only says where the secret comes from.
 */
export function isSecret(text: string, path: string): boolean {
  if (holdsCredentials(text)) return true
  const named = /(password|passwd|secret|auth_?token|api_?key)$/i.test(path)
  return named && text !== '' && !text.includes('{{')
}

function textToCode(text: string, { nameOf, addressOf }: Naming): Code {
  const address = addressOf(text)
  if (address) return address
  const parts = splitText(text, nameOf)
  const [only] = parts
  if (parts.every((part) => typeof part === 'string')) return literal(text)
  return parts.length === 1 && typeof only === 'object' ? only : { kind: 'template', parts }
}
