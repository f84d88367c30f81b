import assert from 'node:assert/strict'
import { createRetained } from '../../../../local/twilio/voice/retained.ts'

describe('createRetained', () => {
  const filled = (forgotten: (item: { sid: string }) => void = () => {}) => {
    const retained = createRetained(forgotten, 10)
    const items = Array.from({ length: 30 }, (_, index) => ({ sid: String(index) }))
    for (const item of items) retained.add(item)
    return { retained, items }
  }

  it('keeps all that lives, and only the latest of what is over', () => {
    const gone: string[] = []
    const { retained, items } = filled(({ sid }) => gone.push(sid))
    for (const item of items.slice(1)) retained.end(item, Number(item.sid))
    const kept = [...retained.values()].map(({ sid }) => Number(sid))
    assert.equal(kept[0], 0)
    assert.ok(kept.length >= 11 && kept.length <= 12)
    assert.deepEqual(
      kept.slice(1),
      [...Array(kept.length - 1).keys()].map((i) => 31 - kept.length + i),
    )
    assert.equal(gone.length, 30 - kept.length)
    assert.deepEqual([...retained.live()], [{ sid: '0' }])
  })

  it('tells what came to its end lately, the latest first', () => {
    const { retained, items } = filled()
    for (const item of items.slice(0, 5)) retained.end(item, Number(item.sid))
    retained.delete('4')
    assert.deepEqual(retained.endedSince(2), [{ sid: '3' }, { sid: '2' }])
    assert.deepEqual(retained.endedSince(9), [])
    assert.equal(retained.get('4'), undefined)
  })
})
