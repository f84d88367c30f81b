import type { Element } from './element.ts'
import { vocabulary } from './vocabulary.ts'

/** Something that does not stop the document: an alert with Twilio's code. */
export type Warning = { readonly code: number; readonly text: string }

// Well-formed, but not to the schema.
const SCHEMA_WARNING = 12200

/** The element without what TwiML does not know there; each omission is a warning 12200. */
export function checked(element: Element, warnings: Warning[]): Element {
  const rule = vocabulary[element.name]
  if (!rule) return element
  const warn = (text: string) =>
    warnings.push({ code: SCHEMA_WARNING, text: `line ${element.line}: ${text}` })
  const attributes: Record<string, string> = {}
  for (const [name, value] of Object.entries(element.attributes)) {
    if (rule.attributes.includes(name)) attributes[name] = value
    else if (!name.startsWith('xml')) {
      warn(`<${element.name}> has no attribute '${name}'${hint(name, rule.attributes)}`)
    }
  }
  if (rule.children === 'any') return { ...element, attributes, children: [] }
  const allowed = rule.children
  const children = element.children.filter((child) => {
    if (allowed.includes(child.name)) return true
    const inside = vocabulary[child.name] ? 'does not stand in' : 'is no element of'
    warn(`<${child.name}> ${inside} <${element.name}>, skipped${hint(child.name, allowed)}`)
    return false
  })
  if (!rule.text && children.length === 0 && element.children.length === 0 && element.text) {
    warn(`<${element.name}> holds no text`)
  }
  return { ...element, attributes, children: children.map((child) => checked(child, warnings)) }
}

function hint(name: string, known: readonly string[]): string {
  const meant = known.find((candidate) => candidate.toLowerCase() === name.toLowerCase())
  return meant ? `: names are case-sensitive, '${meant}' is meant` : ''
}
