import { type Expression, type Operand, unknownNode } from './tree.ts'

/** Writes an expression in its canonical form; parsing that gives the same tree. */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'or':
      return `${printExpression(expression.left)} OR ${printInside(expression.right, ['or'])}`
    case 'and':
      return `${printInside(expression.left, ['or'])} AND ${printInside(expression.right, ['or', 'and'])}`
    case 'not':
      return `NOT ${printInside(expression.operand, ['or', 'and'])}`
    case 'comparison':
      return `${printOperand(expression.left)} ${expression.operator} ${printOperand(expression.right)}`
    default:
      throw unknownNode(expression satisfies never)
  }
}

function printInside(expression: Expression, looser: readonly Expression['kind'][]): string {
  const text = printExpression(expression)
  return looser.includes(expression.kind) ? `(${text})` : text
}

/** Writes one side of a comparison. */
export function printOperand(operand: Operand): string {
  switch (operand.kind) {
    case 'string':
      return `'${operand.value.replaceAll(/[\\']/g, (character) => `\\${character}`)}'`
    case 'number':
      return printNumber(operand.value)
    case 'boolean':
      return String(operand.value)
    case 'null':
      return 'null'
    case 'list':
      return `[${operand.items.map(printOperand).join(', ')}]`
    case 'path':
      return operand.segments.reduce<string>(
        (path, segment) =>
          typeof segment === 'number'
            ? `${path}[${segment}]`
            : path
              ? `${path}.${segment}`
              : segment,
        '',
      )
    default:
      throw unknownNode(operand satisfies never)
  }
}

// The language has no exponents, which JavaScript uses for very large and very small numbers.
function printNumber(value: number): string {
  const text = Object.is(value, -0) ? '-0' : String(value)
  if (!text.includes('e')) return text
  const sign = text.startsWith('-') ? '-' : ''
  const [mantissa = '', exponent = '0'] = text.replace('-', '').split(/e\+?/)
  const [whole = '', fraction = ''] = mantissa.split('.')
  const shift = Number(exponent.replace('-', '')) * (text.includes('e-') ? -1 : 1)
  return shift < 0
    ? `${sign}0.${'0'.repeat(-shift - 1)}${whole}${fraction}`
    : `${sign}${whole}${fraction.padEnd(shift, '0')}`
}
