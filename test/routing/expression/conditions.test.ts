import assert from 'node:assert/strict'
import fc from 'fast-check'
import { conditionsOf } from '../../../routing/expression/conditions.ts'
import { type Expression, parseExpression, printExpression } from '../../../routing/index.ts'
import { anyExpression } from './arbitrary-expression.ts'

const conditions = (text: string) => conditionsOf(parseExpression(text))

describe('conditionsOf', () => {
  it('gives what must hold of each attribute', () => {
    assert.deepEqual(conditions('language=="es" AND task.skills[0] != 3 AND 5 < level'), [
      { subject: 'language', text: "== 'es'" },
      { subject: 'task.skills[0]', text: '!= 3' },
      { subject: 'level', text: '5 < level' },
    ])
  })

  it('takes what is no comparison for one condition', () => {
    assert.deepEqual(conditions('a == 1 AND (b == 2 OR c == 3) AND NOT d == 4'), [
      { subject: 'a', text: '== 1' },
      { text: 'b == 2 OR c == 3' },
      { text: 'NOT d == 4' },
    ])
    assert.deepEqual(conditions('a == 1 OR b == 2'), [{ text: 'a == 1 OR b == 2' }])
    assert.deepEqual(conditions('1 == 1'), [{ text: '1 == 1' }])
  })

  it('leaves nothing of an expression out', () => {
    fc.assert(
      fc.property(anyExpression, (bare) => {
        const expression = parseExpression(printExpression(bare as Expression))
        const parts = conditionsOf(expression).map(({ text }) => text)
        const printed = printExpression(expression)
        assert.ok(parts.every((part) => printed.includes(part)))
      }),
    )
  })
})
