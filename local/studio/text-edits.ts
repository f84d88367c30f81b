import { itemsOf, type List, type Node } from './source-tree.ts'

/** Changes of a text, made all at once. */
export type TextEdits = {
  replace(node: Node, text: string): void
  /** Adds a property or an element at the end, in the manner of those before it. */
  add(list: List, text: string): void
  /** Takes a property or an element out. */
  remove(list: List, item: Node): void
  apply(): string
}

type Edit = { readonly start: number; readonly end: number; readonly text: string }

/** What becomes of an object or a list. */
type ListChange = { readonly removed: Set<Node>; readonly added: string[] }

/** No edit yet. */
export function createTextEdits(source: string): TextEdits {
  const replaced: Edit[] = []
  const lists = new Map<List, ListChange>()
  function changeOf(list: List): ListChange {
    const change = lists.get(list) ?? { removed: new Set(), added: [] }
    lists.set(list, change)
    return change
  }
  return {
    replace: ({ start, end }, text) => void replaced.push({ start, end, text }),
    add: (list, text) => void changeOf(list).added.push(text),
    remove: (list, item) => void changeOf(list).removed.add(item),
    apply() {
      const edits = [...lists].flatMap(([list, change]) => listEdits(source, list, change))
      const sorted = [...edits, ...replaced].toSorted((a, b) => a.start - b.start || a.end - b.end)
      let [text, at] = ['', 0]
      for (const { start, end, text: instead } of sorted) {
        // Within what is gone already.
        if (start < at) continue
        text += source.slice(at, start) + instead
        at = end
      }
      return text + source.slice(at)
    },
  }
}

function listEdits(source: string, list: List, { removed, added }: ListChange): readonly Edit[] {
  const items = itemsOf(list)
  const last = items.at(-1)
  const kept = items.filter((item) => !removed.has(item))
  const lastKept = kept.at(-1)
  if (!last || !lastKept) return [interior(source, list, added)]
  const cuts = items.flatMap((item, i): readonly Edit[] => {
    const next = items[i + 1]
    // What comes after the last one that stays goes in one piece.
    if (!removed.has(item) || item.start > lastKept.start || !next) return []
    return [{ start: item.start, end: next.start, text: '' }]
  })
  if (lastKept !== last) cuts.push({ start: lastKept.end, end: last.end, text: '' })
  if (added.length === 0) return cuts
  // After the comma that may follow the last one.
  const comma = /^\s*,/.exec(source.slice(last.end))?.[0]
  const at = last.end + (comma?.length ?? 0)
  const between = isOnLines(source, list) ? `\n${indentAt(source, last.start)}` : ' '
  const joined = added.map((text) => between + text).join(',')
  return [...cuts, { start: at, end: at, text: comma ? `${joined},` : `,${joined}` }]
}

// Nothing of the old is left, or nothing was there.
function interior(source: string, list: List, added: readonly string[]): Edit {
  const place = { start: list.start + 1, end: list.end - 1 }
  const [first] = itemsOf(list)
  if (added.length === 0) return { ...place, text: '' }
  if (first && isOnLines(source, list)) {
    const indent = indentAt(source, first.start)
    const lines = added.map((text) => `\n${indent}${text}`).join(',')
    return { ...place, text: `${lines}\n${indentAt(source, list.end - 1)}` }
  }
  const blank = list.type === 'ObjectExpression' ? ' ' : ''
  return { ...place, text: blank + added.join(', ') + blank }
}

function isOnLines(source: string, list: List): boolean {
  const [first] = itemsOf(list)
  return source.slice(list.start, first?.start ?? list.end).includes('\n')
}

/** The blanks at the begin of the line of a place. */
export function indentAt(source: string, at: number): string {
  const start = source.lastIndexOf('\n', at - 1) + 1
  return /^[ \t]*/.exec(source.slice(start, at))?.[0] ?? ''
}
