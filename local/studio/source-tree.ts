import { stripTypeScriptTypes } from 'node:module'
import {
  type ArrayExpression,
  type Expression,
  type Node,
  type ObjectExpression,
  type Property,
  parse,
} from 'acorn'

export type { Expression, Node, ObjectExpression, Property } from 'acorn'

/** A text of JSON, or a module, and where its values stand. */
export type SourceTree = {
  readonly text: string
  /** The value, or the second argument of `flow('<name>', …)`. */
  readonly root: ObjectExpression
  /** `const` declarations of the module with their values. */
  readonly constants: ReadonlyMap<string, Expression>
}

/** Reads an exported flow. Its text is JSON already. */
export function readExport(text: string): SourceTree | undefined {
  // In brackets it is a program, shifted by one.
  const [statement] = parse(` (${text})`, { ecmaVersion: 'latest' }).body
  if (statement?.type !== 'ExpressionStatement') return undefined
  const { expression } = statement
  if (expression.type !== 'ObjectExpression') return undefined
  return { text: ` (${text})`, root: expression, constants: new Map() }
}

/** Reads the module of a built flow; undefined when it does not call `flow` with that name and an object. */
export function readModule(text: string, name: string): SourceTree | undefined {
  // Types become blanks, so that every value stays where it is.
  const program = parse(stripTypeScriptTypes(text), { ecmaVersion: 'latest', sourceType: 'module' })
  const constants = new Map<string, Expression>()
  let root: ObjectExpression | undefined
  for (const statement of program.body) {
    const declaration =
      statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    if (declaration?.type !== 'VariableDeclaration') continue
    for (const { id, init } of declaration.declarations) {
      if (id.type !== 'Identifier' || !init) continue
      constants.set(id.name, init)
      root ??= flowIn(init, name)
    }
  }
  return root && { text, root, constants }
}

function flowIn(init: Expression, name: string): ObjectExpression | undefined {
  if (init.type !== 'CallExpression' || init.callee.type !== 'Identifier') return undefined
  const [first, second] = init.arguments
  const isIt = init.callee.name === 'flow' && first?.type === 'Literal' && first.value === name
  return isIt && second?.type === 'ObjectExpression' ? second : undefined
}

/** The property of that key; undefined when it is absent, or hidden in a spread. */
export function propertyOf(object: Node | undefined, key: string): Property | undefined {
  if (object?.type !== 'ObjectExpression') return undefined
  return (object as ObjectExpression).properties.find(
    (property): property is Property => property.type === 'Property' && keyOf(property) === key,
  )
}

/** Its value. */
export function valueAt(object: Node | undefined, key: string): Expression | undefined {
  return propertyOf(object, key)?.value
}

/** The elements of a list; none if it is no list. */
export function elementsOf(list: Node | undefined): readonly Node[] {
  return isList(list) && list.type === 'ArrayExpression' ? itemsOf(list) : []
}

/** An object or a list: what has items with commas between them. */
export type List = ObjectExpression | ArrayExpression

/** Whether a node is one. */
export function isList(node: Node | undefined): node is List {
  return node?.type === 'ObjectExpression' || node?.type === 'ArrayExpression'
}

/** Properties of an object, elements of a list. */
export function itemsOf(list: List): readonly Node[] {
  const items = list.type === 'ObjectExpression' ? list.properties : list.elements
  return items.filter((item) => item !== null)
}

function keyOf({ key, computed }: Property): string | undefined {
  if (computed) return undefined
  if (key.type === 'Identifier') return key.name
  return key.type === 'Literal' ? String(key.value) : undefined
}
