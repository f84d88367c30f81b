import assert from 'node:assert/strict'
import fc from 'fast-check'
import {
  diffProperty,
  type PropertyChange,
  sameValue,
  wholeSets,
} from '../../../provider/comparison/property-diff.ts'
import { unknownValue } from '../../../provider/protocol/values.ts'

const change = (path: string, kind: PropertyChange['kind']) => ({ path, property: 'p', kind })

describe('diffProperty', () => {
  it('goes as deep as the difference does', () => {
    const before = { a: [{ b: 1 }, { b: 2, c: 3 }], same: { x: [1] } }
    const after = { a: [{ b: 1 }, { b: 9, d: 4 }, { b: 5 }], same: { x: [1] } }
    assert.deepEqual(diffProperty('p', before, after), [
      change('p.a[1].b', 'update'),
      change('p.a[1].c', 'delete'),
      change('p.a[1].d', 'add'),
      change('p.a[2]', 'add'),
    ])
  })

  it('quotes keys that are no names, as Pulumi reads them', () => {
    const odd = { 'a.b': 1, 'c"d': 2, 'e\\f': 3, 'two words': { '0': 4 }, 'line\nbreak': 5 }
    assert.deepEqual(diffProperty('p', { 'two words': {} }, odd), [
      change('p["two words"]["0"]', 'add'),
      change('p["a.b"]', 'add'),
      change('p["c\\"d"]', 'add'),
      change('p["e\\f"]', 'add'),
      change('p["line\nbreak"]', 'add'),
    ])
  })

  it('addresses what is around a key that no path can spell', () => {
    assert.deepEqual(diffProperty('p', { q: {} }, { q: { 'ends\\': { r: 1 } } }), [
      change('p.q', 'update'),
    ])
  })

  it('takes a key for the object’s own, whatever its name', () => {
    assert.deepEqual(diffProperty('p', {}, { constructor: 1 }), [change('p.constructor', 'add')])
    assert.ok(!sameValue({}, { toString: 'x' }))
  })

  it('takes null for absent, and a change of kind as one change', () => {
    assert.deepEqual(diffProperty('p', null, undefined), [])
    assert.deepEqual(diffProperty('p', { a: [1] }, { a: { b: 1 } }), [change('p.a', 'update')])
    assert.deepEqual(diffProperty('p', '1', 1), [change('p', 'update')])
  })

  it('counts an unknown value as a change, even against another', () => {
    assert.deepEqual(diffProperty('p', { a: unknownValue }, { a: unknownValue }), [
      change('p.a', 'update'),
    ])
  })
})

describe('wholeSets', () => {
  it('tells one change of a set in place of those of its places', () => {
    const changes = [
      change('p.s[0]', 'update'),
      change('p.s[1]', 'delete'),
      change('p.t[0]', 'add'),
    ]
    assert.deepEqual(wholeSets(changes, ['p.s']), [
      change('p.s', 'update'),
      change('p.t[0]', 'add'),
    ])
  })

  it('leaves a set that came or went as it is', () => {
    assert.deepEqual(wholeSets([change('p.s', 'add')], ['p.s']), [change('p.s', 'add')])
  })
})

describe('sameValue', () => {
  it('is true for a value and its copy, whatever the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        assert.ok(sameValue(value, reversed(value)))
      }),
    )
  })

  it('is as true one way as the other', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 1 }), fc.jsonValue({ maxDepth: 1 }), (a, b) => {
        assert.equal(sameValue(a, b), sameValue(b, a))
      }),
    )
  })
})

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  )
}
