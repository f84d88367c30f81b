import { SaxesParser } from 'saxes'

/** An XML element as it stands in the document. */
export type Element = {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
  /** Its own text and that of everything within, white space collapsed. */
  readonly text: string
  /** The same as written. */
  readonly rawText: string
  /** 1-based. */
  readonly line: number
}

/** The document cannot be executed: Twilio's error 12100. */
export class TwimlError extends Error {
  override readonly name = 'TwimlError'
  readonly code = 12100
}

type Draft = {
  name: string
  attributes: Record<string, string>
  children: Element[]
  text: string
  line: number
}

/** Parses strictly: what is not well-formed throws a `TwimlError`. */
export function parseXml(xml: string): Element {
  const open: Draft[] = []
  let root: Element | undefined
  const parser = new SaxesParser({ xmlns: false })
  parser.on('error', (error) => {
    throw new TwimlError(`not well-formed XML: ${error.message}`)
  })
  parser.on('opentag', ({ name, attributes }) => {
    open.push({ name, attributes, children: [], text: '', line: parser.line })
  })
  const addText = (text: string) => {
    for (const element of open) element.text += text
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    const draft = open.pop()
    if (!draft) return
    const { text: rawText } = draft
    const element: Element = { ...draft, rawText, text: rawText.replace(/\s+/g, ' ').trim() }
    const parent = open.at(-1)
    if (parent) parent.children.push(element)
    else root = element
  })
  parser.write(xml.replace(/^\uFEFF/, '').trimStart()).close()
  if (!root) throw new TwimlError('the document is empty')
  return root
}
