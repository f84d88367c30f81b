import type { Node, ObjectExpression } from './source-tree.ts'

/** Changes of a text, made all at once. */
export type TextEdits = {
  replace(node: Node, text: string): void
  /** Adds a property at the end of an object. */
  addProperty(object: ObjectExpression, text: string): void
  /** Adds an element at the end of a list. */
  addElement(list: Node, elements: readonly Node[], text: string): void
  /** Takes a property or an element out, with its comma and its line. */
  remove(node: Node): void
  apply(): string
}

type Edit = { readonly start: number; readonly end: number; readonly text: string }

/** No edit yet. */
export function createTextEdits(source: string): TextEdits {
  const edits: Edit[] = []
  function addTo(list: Node, items: readonly Node[], text: string): void {
    const last = items.at(-1)
    if (!last) {
      const around = source[list.start] === '{' ? ' ' : ''
      edits.push({ start: list.start + 1, end: list.end - 1, text: around + text + around })
      return
    }
    // After the comma that may follow the last one, in the same manner as the items before.
    const trailing = /^\s*,/.exec(source.slice(last.end))
    const onLines = source.slice(list.start, last.start).includes('\n')
    const between = onLines ? `\n${indentAt(source, last.start)}` : ' '
    const at = trailing ? last.end + trailing[0].length : last.end
    const comma = trailing ? ',' : ''
    edits.push({ start: at, end: at, text: `${trailing ? '' : ','}${between}${text}${comma}` })
  }
  return {
    replace: ({ start, end }, text) => void edits.push({ start, end, text }),
    addProperty: (object, text) => addTo(object, object.properties, text),
    addElement: addTo,
    remove({ start, end }) {
      const after = /^\s*,/.exec(source.slice(end))
      if (after) {
        const from = start - (/[ \t]*$/.exec(source.slice(0, start))?.[0].length ?? 0)
        const rest = source.slice(end + after[0].length)
        const line = /^[ \t]*\n/.exec(rest)?.[0].length
        const alone = from === 0 || source[from - 1] === '\n'
        const blanks = /^[ \t]*/.exec(rest)?.[0].length ?? 0
        const cut =
          end + after[0].length + (alone && line !== undefined ? line : alone ? 0 : blanks)
        edits.push({ start: alone ? from : start, end: cut, text: '' })
        return
      }
      // The last one takes the comma before it along.
      const before = /,\s*$/.exec(source.slice(0, start))
      edits.push({ start: start - (before?.[0].length ?? 0), end, text: '' })
    },
    apply() {
      const sorted = edits.toSorted((a, b) => a.start - b.start || a.end - b.end)
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

/** The blanks at the begin of the line of a place. */
export function indentAt(source: string, at: number): string {
  const start = source.lastIndexOf('\n', at - 1) + 1
  return /^[ \t]*/.exec(source.slice(start, at))?.[0] ?? ''
}
