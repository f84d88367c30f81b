import type { PropertyMap, PropertyValue } from '../../engine/index.ts'
import { type Code, call, literal, name } from './code.ts'
import { isSecret, readingOrder, splitText } from './references.ts'

/** A document that becomes a file of its own. */
export type Document = {
  readonly value: PropertyValue
  readonly folder: string
  readonly name: string
  /** How code refers to the object of a SID; undefined: it stays a SID. */
  readonly pathOf: (sid: string) => string | undefined
  /** Code that asks for what must not be written out. */
  readonly askSecret: (path: string) => Code
  readonly files: Map<string, string>
}

/** Writes the document with `${path}` in the place of what the program knows, and gives the code that reads it. */
export function writeDocument(document: Document): Code {
  const { value, folder, name: fileName, pathOf, askSecret, files } = document
  const whole = JSON.stringify(value)
  const fillings = new Map<string, Code>()
  // Liquid has no ${…}; should a document hold this very text, the key gets out of its way.
  const keyFor = (wanted: string): string => {
    let key = wanted
    while (whole.includes(`\${${key}}`)) key = `${key}_`
    return key
  }
  const walk = (item: PropertyValue, path: string): PropertyValue => {
    if (typeof item === 'string') return isSecret(item, path) ? hide(path) : fill(item)
    if (typeof item !== 'object' || item === null) return item
    if (Array.isArray(item)) return item.map((each, i) => walk(each, `${path} ${i + 1}`))
    return Object.fromEntries(
      readingOrder(item as PropertyMap).map(([key, each]) => [key, walk(each, `${path} ${key}`)]),
    )
  }
  const hide = (path: string): string => {
    const key = keyFor(`secret${fillings.size + 1}`)
    fillings.set(key, askSecret(path))
    return `\${${key}}`
  }
  const fill = (text: string): string =>
    splitText(text, (sid) => {
      const path = pathOf(sid)
      return path === undefined ? undefined : name(path)
    })
      .map((part) => {
        if (typeof part === 'string' || part.kind !== 'name') return part
        const key = keyFor(part.text)
        fillings.set(key, name(part.text === 'accountSid' ? part.text : `${part.text}.sid`))
        return `\${${key}}`
      })
      .join('')
  const text = JSON.stringify(walk(value, ''), null, 2)
  files.set(`${folder}/${fileName}.json`, `${text}\n`)
  files.set('definition.ts', definitionSource)
  const file = literal(`${folder}/${fileName}.json`)
  if (fillings.size === 0) return call('definition', file)
  return call('definition', file, { kind: 'object', entries: [...fillings] })
}

const definitionSource = `import { readFileSync } from 'node:fs'
import * as pulumi from '@pulumi/pulumi'

/** A document from a file, in which \${name} stands for what the program knows under that name: a SID, a secret. */
export function definition(file: string, values: Record<string, pulumi.Input<string>> = {}) {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8')
  return pulumi.all(values).apply((known) =>
    JSON.parse(
      text.replaceAll(/\\$\\{([^}]*)\\}/g, (written, name: string) => {
        const value = known[name]
        // The quotes around it are in the file already.
        return value === undefined ? written : JSON.stringify(value).slice(1, -1)
      }),
    ),
  )
}
`
