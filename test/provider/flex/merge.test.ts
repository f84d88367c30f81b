import assert from 'node:assert/strict'
import { declaredPart, merge } from '../../../provider/flex/merge.ts'

describe('merge', () => {
  it('changes what differs between before and after, however deep, and nothing else', () => {
    const live = { theirs: 1, ours: { a: 1, theirs: 2, list: [1] } }
    const before = { ours: { a: 1, list: [1] } }
    const after = { ours: { a: 2, list: [1, 2] }, more: true }
    assert.deepEqual(merge(live, before, after), {
      theirs: 1,
      ours: { a: 2, theirs: 2, list: [1, 2] },
      more: true,
    })
    assert.deepEqual(merge({ a: 'theirs' }, { a: 'x' }, { a: 'x' }), { a: 'theirs' })
  })

  it('takes out what is named no longer, and leaves what others put beside it', () => {
    assert.deepEqual(merge({ a: { b: 1, c: 2 }, d: { e: 1 } }, { a: { b: 1 }, d: { e: 1 } }, {}), {
      a: { c: 2 },
    })
    assert.deepEqual(merge({ a: 1, b: 2 }, { a: 1 }, undefined), { b: 2 })
    assert.equal(merge('en', 'en', undefined), undefined)
  })

  it('takes another kind of value as it is', () => {
    assert.deepEqual(merge('text', 'text', { a: 1 }), { a: 1 })
    assert.deepEqual(merge({ a: 1 }, { a: 1 }, [1]), [1])
  })
})

describe('declaredPart', () => {
  it('is what the declaration names, as it is now', () => {
    const live = { a: { b: 2, theirs: 1 }, theirs: 1 }
    assert.deepEqual(declaredPart(live, { a: { b: 1, gone: 1 }, gone: 1 }), { a: { b: 2 } })
    assert.deepEqual(declaredPart([1], { a: 1 }), [1])
  })
})
