import assert from 'node:assert/strict'
import { createCollection } from '../../../../local/twilio/objects/collection.ts'

describe('createCollection', () => {
  const row = (sid: string, owner: string, name = sid) => ({ sid, owner, name })

  it('finds rows by SID, by name, and by the object that they belong to', () => {
    const rows = createCollection(
      ({ name }) => name,
      [row('1', 'a'), row('2', 'b')],
      ({ owner }: { owner: string }) => [owner],
    )
    rows.put(row('3', 'a'))
    rows.put(row('1', 'a', 'new name'))
    assert.deepEqual(
      rows.of('a').map(({ name }) => name),
      ['new name', '3'],
    )
    assert.deepEqual([rows.byName('1'), rows.byName('new name')?.sid], [undefined, '1'])
    rows.delete('1')
    rows.delete('3')
    assert.deepEqual([rows.of('a'), rows.of('c'), rows.size], [[], [], 1])
  })
})
