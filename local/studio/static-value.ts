import type { Expression, Node, SourceTree } from './source-tree.ts'

/** What a value of a source is for certain; `undefined` when only running it tells. */
export type Known = { readonly value: unknown } | undefined

/** The value of an expression of literals, constants, references and JSON. */
export function staticValue(node: Node | undefined, tree: SourceTree): Known {
  const expression = node as Expression | undefined
  switch (expression?.type) {
    case 'Literal':
      return { value: expression.value }
    case 'Identifier': {
      const constant = tree.constants.get(expression.name)
      return constant && staticValue(constant, tree)
    }
    case 'TemplateLiteral': {
      const parts = expression.expressions.map((part) => staticValue(part, tree))
      if (parts.some((part) => part === undefined)) return undefined
      const text = expression.quasis.map(
        ({ value }, i) => `${value.cooked ?? ''}${i < parts.length ? String(parts[i]?.value) : ''}`,
      )
      return { value: text.join('') }
    }
    case 'UnaryExpression': {
      const known = staticValue(expression.argument, tree)
      return expression.operator === '-' && typeof known?.value === 'number'
        ? { value: -known.value }
        : undefined
    }
    case 'ArrayExpression': {
      const items = expression.elements.map((item) => staticValue(item ?? undefined, tree))
      return items.some((item) => item === undefined)
        ? undefined
        : { value: items.map((item) => item?.value) }
    }
    case 'ObjectExpression':
      return objectValue(expression, tree)
    case 'CallExpression':
      return callValue(expression, tree)
    default:
      return undefined
  }
}

function objectValue(
  { properties }: Extract<Expression, { type: 'ObjectExpression' }>,
  tree: SourceTree,
): Known {
  const entries: [string, unknown][] = []
  for (const property of properties) {
    if (property.type !== 'Property' || property.computed) return undefined
    const known = staticValue(property.value, tree)
    const { key } = property
    if (!known) return undefined
    if (key.type === 'Identifier') entries.push([key.name, known.value])
    else if (key.type === 'Literal') entries.push([String(key.value), known.value])
    else return undefined
  }
  return { value: Object.fromEntries(entries) }
}

// `reference.workflow('calls')` and `json({ … })`, as the builder has them.
function callValue(
  { callee, arguments: [first] }: Extract<Expression, { type: 'CallExpression' }>,
  tree: SourceTree,
): Known {
  const argument = staticValue(first, tree)
  if (!argument) return undefined
  if (callee.type === 'Identifier' && callee.name === 'json') {
    return { value: JSON.stringify(argument.value) }
  }
  if (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'reference' &&
    callee.property.type === 'Identifier'
  ) {
    return { value: `\${${callee.property.name}.${String(argument.value)}}` }
  }
  return undefined
}
