import { stripTypeScriptTypes } from 'node:module'
import { type Comment, type Node, type Property, parse, type SpreadElement } from 'acorn'
import { type Expression, itemsOf } from './source-tree.ts'

/** What the comments of a type of widget say: of itself, its properties and its exits. */
export type WidgetComments = {
  readonly about: string | undefined
  readonly properties: Readonly<Record<string, string | undefined>>
  readonly exits: Readonly<Record<string, string | undefined>>
}

/** The comments of a module of `schemas/studio/widgets/`, by type of widget. An object that it spreads is one of its own constants. */
export function widgetComments(source: string): Readonly<Record<string, WidgetComments>> {
  const comments: Comment[] = []
  const text = stripTypeScriptTypes(source)
  const { body } = parse(text, { ecmaVersion: 'latest', sourceType: 'module', onComment: comments })
  const constants = new Map<string, Expression>()
  let table: Entries = []
  for (const statement of body) {
    const exported = statement.type === 'ExportNamedDeclaration'
    const declaration = exported ? statement.declaration : statement
    if (declaration?.type !== 'VariableDeclaration') continue
    for (const { id, init } of declaration.declarations) {
      if (id.type !== 'Identifier' || !init) continue
      constants.set(id.name, init)
      if (exported) table = entriesOf(init)
    }
  }
  return Object.fromEntries(
    table.map(([type, property]) => {
      const parts = new Map(entriesOf(property.value))
      const said = (...names: readonly string[]) =>
        names.flatMap((name) => entriesOf(parts.get(name)?.value).map(commentOf))
      const properties = Object.fromEntries(said('required', 'optional'))
      return [
        type,
        {
          about: commentOf([type, property])[1],
          properties,
          exits: Object.fromEntries(said('exits')),
        },
      ]
    }),
  )

  type Entries = readonly (readonly [name: string, property: Property])[]

  function entriesOf(node: Node | undefined): Entries {
    if (node?.type !== 'ObjectExpression') return []
    return itemsOf(node as Extract<Expression, { type: 'ObjectExpression' }>).flatMap((item) => {
      if (item.type === 'SpreadElement') {
        const { argument } = item as SpreadElement
        return argument.type === 'Identifier' ? entriesOf(constants.get(argument.name)) : []
      }
      const property = item as Property
      const { key } = property
      if (key.type === 'Identifier') return [[key.name, property] as const]
      return key.type === 'Literal' ? [[String(key.value), property] as const] : []
    })
  }

  function commentOf([name, { start }]: readonly [string, Property]) {
    const before = comments.findLast(({ end }) => end <= start)
    const isIts = before && text.slice(before.end, start).trim() === ''
    return [
      name,
      isIts ? before.value.replace(/^\*|\s*\n\s*\*\s*/g, ' ').trim() : undefined,
    ] as const
  }
}
