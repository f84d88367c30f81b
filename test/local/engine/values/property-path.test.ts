import assert from 'node:assert/strict'
import {
  formatPath,
  getAt,
  parsePath,
  pathContains,
  resetAt,
} from '../../../../local/engine/values/property-path.ts'

describe('parsePath', () => {
  it('reads names, quoted names, indexes and wildcards', () => {
    assert.deepEqual(parsePath('a'), ['a'])
    assert.deepEqual(parsePath('a.b[0].c'), ['a', 'b', 0, 'c'])
    assert.deepEqual(parsePath('a["k.with.dot"].b'), ['a', 'k.with.dot', 'b'])
    assert.deepEqual(parsePath('a[*].b'), ['a', '*', 'b'])
    assert.deepEqual(parsePath('*'), ['*'])
  })

  it('takes a backslash in quotes for itself, unless a quote follows', () => {
    assert.deepEqual(parsePath('a["k\\n"].b'), ['a', 'k\\n', 'b'])
    assert.deepEqual(parsePath('a["say \\"hi\\""]'), ['a', 'say "hi"'])
    assert.equal(formatPath(['a', 'say "hi" \\n']), 'a["say \\"hi\\" \\n"]')
  })

  it('refuses what is no path, with the position', () => {
    assert.throws(() => parsePath('a[b'), /unexpected text at 1/)
  })

  it('is the inverse of formatPath', () => {
    for (const text of ['a', 'a.b[0].c', 'a["k.with.dot"].b']) {
      assert.equal(formatPath(parsePath(text)), text)
    }
  })
})

describe('pathContains', () => {
  it('holds for the place itself, for places below, and through wildcards', () => {
    assert.ok(pathContains(['a'], ['a', 'b']))
    assert.ok(pathContains(['a', '*', 'c'], ['a', 3, 'c']))
    assert.ok(!pathContains(['a', 'b'], ['a']))
  })
})

describe('resetAt', () => {
  it('puts the old value in place of the new one', () => {
    const reset = resetAt({ a: { b: 2, c: 3 } }, { a: { b: 1 } }, ['a', 'b'])
    assert.deepEqual(reset, { a: { b: 1, c: 3 } })
  })

  it('removes what the old map does not have', () => {
    assert.deepEqual(resetAt({ a: 1, b: 2 }, { a: 1 }, ['b']), { a: 1 })
  })

  it('brings back what the new map does not have', () => {
    assert.deepEqual(resetAt({ a: 1 }, { a: 1, b: 2 }, ['b']), { a: 1, b: 2 })
  })

  it('reaches every element through a wildcard', () => {
    const next = { list: [{ x: 5 }, { x: 6 }] }
    const previous = { list: [{ x: 1 }, { x: 2 }] }
    assert.deepEqual(resetAt(next, previous, ['list', '*', 'x']), previous)
  })
})

describe('getAt', () => {
  it('gives the value at a place, undefined where there is none', () => {
    assert.equal(getAt({ a: [{ b: 1 }] }, ['a', 0, 'b']), 1)
    assert.equal(getAt({ a: 1 }, ['a', 'b']), undefined)
  })
})
