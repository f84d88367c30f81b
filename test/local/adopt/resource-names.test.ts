import assert from 'node:assert/strict'
import fc from 'fast-check'
import { identifierOf, nameObjects, slugOf } from '../../../local/adopt/resource-names.ts'

const queue = {
  token: 'twilio:taskrouter:TaskQueue',
  module: 'taskrouter',
  name: 'TaskQueue',
  inputs: new Set<string>(),
  secrets: new Set<string>(),
  hasSid: true,
  lookUp: undefined,
}
const workspace = { ...queue, token: 'twilio:taskrouter:Workspace', name: 'Workspace' }

describe('slugOf', () => {
  it('writes a name in the letters that every system takes', () => {
    assert.equal(slugOf('Spanish, first line', 'TaskQueue'), 'spanish-first-line')
    assert.equal(slugOf('Überlauf (Nacht)', 'TaskQueue'), 'uberlauf-nacht')
    assert.equal(slugOf('wrapUp', 'Activity'), 'wrap-up')
    assert.equal(slugOf('+12025550100', 'IncomingPhoneNumber'), '12025550100')
  })

  it('calls what has no such letters after its type', () => {
    assert.equal(slugOf('日本語', 'TaskQueue'), 'task-queue')
    assert.equal(slugOf(`AC${'5'.repeat(32)}`, 'Configuration'), 'configuration')
  })
})

describe('identifierOf', () => {
  it('makes an identifier of every slug', () => {
    assert.equal(identifierOf('spanish-first-line'), 'spanishFirstLine')
    assert.equal(identifierOf('12025550100', 'IncomingPhoneNumber'), 'number12025550100')
    assert.equal(identifierOf('class', 'TaskQueue'), 'queueClass')
  })
})

describe('nameObjects', () => {
  it('puts the parent’s name before one that several have, and a number after one that is still not unique', () => {
    const objects = [
      { type: workspace, id: 'WS1', name: 'Support' },
      { type: workspace, id: 'WS2', name: 'Sales' },
      { type: queue, id: 'WS1/WQ1', name: 'Everyone' },
      { type: queue, id: 'WS2/WQ2', name: 'Everyone' },
      { type: queue, id: 'WS2/WQ3', name: 'everyone' },
      { type: queue, id: 'WS2/WQ4', name: 'Night' },
    ]
    const names = nameObjects(objects)
    assert.deepEqual(
      objects.map((object) => names.get(object)?.resource),
      ['support', 'sales', 'support-everyone', 'sales-everyone', 'sales-everyone-2', 'night'],
    )
  })

  it('gives every object of a type a name and an identifier of its own, whatever they are called', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom('a b', 'a-b', 'a', '1'))),
        (names) => {
          const objects = names.map((name, i) => ({ type: queue, id: `WS1/WQ${i}`, name }))
          const given = [...nameObjects(objects).values()]
          assert.equal(new Set(given.map(({ resource }) => resource)).size, names.length)
          assert.equal(new Set(given.map(({ identifier }) => identifier)).size, names.length)
          for (const { identifier } of given) assert.match(identifier, /^[A-Za-z]\w*$/)
        },
      ),
    )
  })
})
