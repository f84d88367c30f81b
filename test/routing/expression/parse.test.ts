import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Expression } from '../../../routing/expression/tree.ts'
import { ExpressionError, parseExpression, printExpression } from '../../../routing/index.ts'
import { anyExpression, withoutPositions } from './arbitrary-expression.ts'

function failure(text: string, context?: Parameters<typeof parseExpression>[1]): ExpressionError {
  try {
    parseExpression(text, context)
  } catch (error) {
    if (error instanceof ExpressionError) return error
    throw error
  }
  throw new assert.AssertionError({ message: `“${text}” parses` })
}

const canonical = (text: string) => printExpression(parseExpression(text))

describe('parseExpression', () => {
  it('reads the examples of Twilio’s pages', () => {
    for (const text of [
      "type == 'sales'",
      'task.language IN worker.languages',
      '1==1',
      'worker.skills HAS "billing" AND (worker.level > 5 OR worker.team = \'night\')',
      'x != null',
      "language in ['en', 'es']",
      'workers.available == 0',
      'worker.channel.voice.available_capacity_percentage >= 50',
      'NOT (a == 1)',
      'a.b[0].c NOT IN [1, -2.5, true]',
    ]) {
      assert.doesNotThrow(() => parseExpression(text), text)
    }
  })

  it('gives back the tree that was printed', () => {
    fc.assert(
      fc.property(anyExpression, (tree) => {
        // A bare tree lacks only positions, which printing does not read.
        const text = printExpression(tree as Expression)
        assert.deepEqual(withoutPositions(parseExpression(text)), tree)
      }),
      { numRuns: 500 },
    )
  })

  it('prints what it read in canonical form', () => {
    assert.equal(canonical('a="x"and(b>-"y"or c<-d)'), "a == 'x' AND (b HAS 'y' OR c IN d)")
    assert.equal(canonical('((a == 1) OR b == 2) OR c == 3'), 'a == 1 OR b == 2 OR c == 3')
    assert.equal(canonical('a == 1 OR (b == 2 OR c == 3)'), 'a == 1 OR (b == 2 OR c == 3)')
  })

  it('binds AND tighter than OR, and NOT tightest', () => {
    const tree = parseExpression('a == 1 OR NOT b == 2 AND c == 3')
    assert.equal(tree.kind, 'or')
    assert.equal(tree.kind === 'or' && tree.right.kind, 'and')
    assert.equal(tree.kind === 'or' && tree.right.kind === 'and' && tree.right.left.kind, 'not')
  })

  it('knows where each node stands', () => {
    const tree = parseExpression("a == 1 AND bc == 'x'")
    assert.equal(tree.kind, 'and')
    if (tree.kind !== 'and') return
    assert.deepEqual([tree.right.start, tree.right.end], [11, 20])
  })

  it('never fails with anything but an ExpressionError', () => {
    const piece = fc.constantFrom(
      ...['a', '.', '[', ']', '(', ')', '==', '=', '<', '>', '-', "'", '"', '1', ' ', '\n', ','],
      ...['AND', 'OR', 'NOT', 'IN', 'HAS', 'null', '&', '|', '!', '\\', '“', '😀'],
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        try {
          parseExpression(pieces.join(''))
        } catch (error) {
          assert.ok(error instanceof ExpressionError)
          assert.ok(error.offset <= error.text.length)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('points a caret at the offending character', () => {
    const error = failure("type == 'sales' AND\n  level >> 5")
    assert.deepEqual([error.offset, error.line, error.column], [29, 2, 10])
    assert.equal(
      error.message,
      '“>” stands where a value is expected (line 2, column 10)\n    level >> 5\n           ^',
    )
  })

  it('says how to mend a hyphen in a name', () => {
    assert.match(failure("first-name == 'x'").hint, /hyphen.*underscore/)
    assert.match(failure('tier-1 == 2').message, /hyphen[\s\S]*underscore/)
  })

  it('says how to mend operators of other languages', () => {
    assert.equal(failure('a == 1 && b == 2').hint, 'write AND')
    assert.equal(failure('a == 1 & b == 2').hint, 'write AND')
    assert.equal(failure('a == 1 || b == 2').hint, 'write OR')
    assert.equal(failure('a === 1').hint, 'write ==')
    assert.equal(failure('a <> 1').hint, 'write !=')
    assert.match(failure('!a == 1').hint, /NOT/)
  })

  it('says how to mend missing quotes and brackets', () => {
    assert.match(failure("type == 'sales").hint, /add '/)
    assert.match(failure('type == new customer').hint, /quotes|AND/)
    assert.match(failure('type == “sales”').hint, /straight quotes/)
    assert.match(failure('type == 7up').hint, /quotes/)
    assert.equal(failure('(a == 1').offset, 0)
    assert.equal(failure('a IN [1, 2').offset, 5)
  })

  it('refuses an empty text and a value that is not compared', () => {
    assert.match(failure('  ').hint, /1==1/)
    assert.match(failure('vip').hint, /vip == true/)
    assert.match(failure('vip AND a == 1').hint, /vip == true/)
  })

  it('refuses a target expression without prefix', () => {
    const error = failure("worker.level > 5 AND language == 'es'", 'target')
    assert.equal(error.offset, 21)
    assert.match(error.hint, /task\.language or worker\.language/)
    assert.doesNotThrow(() => parseExpression('task.a == worker.b', 'target'))
  })

  it('knows only counts of workers in skip_if', () => {
    assert.doesNotThrow(() => parseExpression('workers.available == 0 OR 1==1', 'skip-if'))
    assert.match(failure('worker.available == 0', 'skip-if').hint, /workers\.available/)
  })
})
