import { type ReferenceKind, referenceKinds } from '../../schemas/index.ts'

/** A name that stands in a flow in place of a SID or an address: `${workflow.calls}`. */
export type FlowReference = {
  readonly kind: ReferenceKind
  readonly name: string
  /** What it stands in, and so how what it stands for is written there. */
  readonly within: 'text' | 'json' | 'query'
}

/** A reference as it is written; `reference` is undefined where it is none, for all that it looks like one. */
export type WrittenReference = {
  readonly text: string
  readonly reference: FlowReference | undefined
}

// `$${` is how the letters `${` are written. Before Liquid, as in “${{amount}}”, they are only letters.
const marks = /(\$\$\{(?!\{)|\$\{(?!\{)[^{}]*\})/

/** The pieces of a text: its references, and between them what it says, with `${` where `$${` is written. */
export function referencePieces(text: string): readonly (string | WrittenReference)[] {
  let before = ''
  return text
    .split(marks)
    .map((piece, i) => {
      const place = before
      before += piece
      if (i % 2 === 0) return piece
      return piece === '$${' ? '${' : { text: piece, reference: referenceOf(piece, place) }
    })
    .filter((piece) => piece !== '')
}

/** A text that is to be taken as it is: nothing in it is a reference. */
export function withoutReferences(text: string): string {
  return text.replace(/\$\{(?!\{)/g, '$$${')
}

/** What a reference stands for, as it is written where the reference stands: escaped in JSON, encoded in a query. */
export function fitted(value: string, { within }: FlowReference): string {
  switch (within) {
    case 'text':
      return value
    case 'json':
      return JSON.stringify(value).slice(1, -1)
    case 'query':
      return encodeURIComponent(value)
    default:
      throw new Error(`No reference stands in ${String(within satisfies never)}`)
  }
}

function referenceOf(text: string, before: string): FlowReference | undefined {
  const [, written = '', name = ''] = /^\$\{(\w+)\.([\w.-]+)\}$/.exec(text) ?? []
  const kind = referenceKinds.find((known) => known === written)
  return kind === undefined ? undefined : { kind, name, within: surroundings(before) }
}

function surroundings(before: string): FlowReference['within'] {
  const said = before.replace(/\{\{.*?\}\}|\{%.*?%\}/gs, '')
  // Within Liquid nothing can be escaped.
  if (/\{[{%]/.test(said)) return 'text'
  if (/^\s*[{[]/.test(said)) {
    const quotes = said.replace(/\\./gs, '').split('"').length - 1
    return quotes % 2 === 1 ? 'json' : 'text'
  }
  const isAddress = /^(https?:\/\/|wss?:\/\/|\$\{function\.)\S*\?\S*$/.test(said)
  return isAddress ? 'query' : 'text'
}
