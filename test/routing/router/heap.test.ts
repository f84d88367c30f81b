import assert from 'node:assert/strict'
import fc from 'fast-check'
import {
  firstId,
  firstKey,
  type Heap,
  newHeap,
  newSlots,
  put,
  remove,
} from '../../../routing/router/heap.ts'

type Keys = readonly [number, number, number]

describe('put and remove', () => {
  it('keep the smallest first, whatever is put, moved and taken out', () => {
    const key = fc.constantFrom(-1, 0, 0.5, 3, 1.7e12)
    const id = fc.nat(200)
    const put1 = fc.record({ id, keys: fc.tuple(key, key, key) })
    const move = fc.oneof(put1, fc.record({ id, keys: fc.constant<Keys | null>(null) }))
    fc.assert(
      fc.property(fc.array(move, { maxLength: 300, size: 'max' }), (moves) => {
        const heap = newHeap(newSlots())
        const model = new Map<number, Keys>()
        for (const { id, keys } of moves) {
          if (keys) put(heap, id, keys[0], keys[1], keys[2])
          else remove(heap, id)
          if (keys) model.set(id, keys)
          else model.delete(id)
          checkFirst(heap, model)
        }
      }),
    )
  })
})

function checkFirst(heap: Heap, model: ReadonlyMap<number, Keys>): void {
  assert.equal(heap.size, model.size)
  const sorted = [...model.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2])
  assert.equal(firstKey(heap), sorted[0]?.[0] ?? Number.POSITIVE_INFINITY)
  assert.deepEqual(model.get(firstId(heap)), sorted[0])
}
