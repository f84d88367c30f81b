import { type PlaceChange, sameValue } from '../comparison/property-diff.ts'
import { isRecord } from '../protocol/values.ts'
import { sentenceOf, wordsOf } from '../words/sentences.ts'
import { end, orderKey } from './flow-reading.ts'

type Fields = Readonly<Record<string, unknown>>
type Renamed = ReadonlyMap<unknown, string>

// Texts that are longer are told only around the place where they differ.
const longest = 60
const around = 20

/** What changes in the widgets of a flow, a sentence a change: `greeting: on keypress 1 goes to sales instead of billing`. */
export function tellWidgets(
  changes: readonly PlaceChange[],
  before: unknown,
  after: unknown,
): readonly string[] {
  const renamed = renamedWidgets(changes, before, after)
  const names = new Set(renamed.values())
  return changes.flatMap((change) => {
    const { keys, kind, before: old, after: fresh } = change
    const [widget, key, ...deeper] = keys
    if (key === undefined) {
      if (names.has(String(widget))) return []
      const now = renamed.get(widget)
      if (now !== undefined) return [`${String(widget)} is now called ${now}`]
      if (kind === 'add') return [`new widget ${String(widget)}${typeOf(fresh)}`]
      return kind === 'delete'
        ? [`widget ${String(widget)} removed${typeOf(old)}`]
        : [sentenceOf(change)]
    }
    // Who led to a widget leads to it under its new name.
    if (renamed.has(old) && renamed.get(old) === fresh) return []
    const said = deeper.length === 0 ? tellExit(String(key), old, fresh) : undefined
    return [said === undefined ? tellProperty(change) : `${String(widget)}: ${said}`]
  })
}

// A widget that went and one that came, which are alike.
function renamedWidgets(changes: readonly PlaceChange[], before: unknown, after: unknown): Renamed {
  const whole = changes.filter(({ keys }) => keys.length === 1)
  const gone = whole.filter(({ kind }) => kind === 'delete').map(({ keys: [name] }) => String(name))
  const renamed = new Map<unknown, string>()
  for (const { keys, kind } of whole) {
    if (kind !== 'add' || !isRecord(before) || !isRecord(after)) continue
    const name = String(keys[0])
    const at = gone.findIndex((former) => sameValue(before[former], after[name]))
    const [former] = at < 0 ? [] : gone.splice(at, 1)
    if (former !== undefined) renamed.set(former, name)
  }
  return renamed
}

function typeOf(widget: unknown): string {
  const { type, ...exits } = isRecord(widget) ? widget : ({} as Fields)
  const ways = Object.entries(exits)
    .filter(([key]) => key.startsWith('on '))
    .map(([key, next]) => `${key} to ${String(next)}`)
  return ` (${[String(type), ...ways].join(', ')})`
}

function tellExit(key: string, before: unknown, after: unknown): string | undefined {
  if (key === orderKey) {
    return after === undefined ? undefined : `asks first ${String(after)}`
  }
  if (!key.startsWith('on ')) return undefined
  const was = before === undefined || before === end ? undefined : wordsOf(before)
  const is = after === undefined || after === end ? undefined : wordsOf(after)
  if (is === undefined && was === undefined) {
    return after === undefined ? `${key} is not asked any more` : `${key} ends the flow`
  }
  if (is === undefined) return `${key} ends the flow instead of going to ${was}`
  return was === undefined ? `${key} goes to ${is}` : `${key} goes to ${is} instead of ${was}`
}

function tellProperty(change: PlaceChange): string {
  const { before, after } = change
  if (typeof before !== 'string' || typeof after !== 'string') return sentenceOf(change)
  const [old, fresh] = [excerpt(before, after), excerpt(after, before)]
  return sentenceOf({ ...change, before: old, after: fresh })
}

/** The text, or what is around its first difference from the other. */
function excerpt(text: string, other: string): string {
  if (text.length <= longest && other.length <= longest) return text
  let same = 0
  while (same < text.length && text[same] === other[same]) same++
  const from = Math.max(0, same - around)
  const part = text.slice(from, from + longest)
  const whole = from === 0 && part.length === text.length
  return whole ? text : `${from > 0 ? '…' : ''}${part}${from + longest < text.length ? '…' : ''}`
}
