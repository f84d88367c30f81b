import { SaxesParser } from 'saxes'

/** One element of a TwiML document. */
export type Element = {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: Element[]
  text: string
}

/** The verbs of a TwiML document; throws when it is not well-formed or its root is not `<Response>`. */
export function parseTwiml(document: string): readonly Element[] {
  const root: Element = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = { name, attributes: { ...attributes }, children: [], text: '' }
    open.at(-1)?.children.push(element)
    open.push(element)
  })
  parser.on('text', (text) => {
    const element = open.at(-1)
    if (element) element.text += text
  })
  parser.on('closetag', () => open.pop())
  parser.write(document).close()
  const [response] = root.children
  if (response?.name !== 'Response') throw new Error(`The root is <${response?.name}>`)
  return response.children
}
