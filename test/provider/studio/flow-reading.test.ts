import assert from 'node:assert/strict'
import fc from 'fast-check'
import { sameValue } from '../../../provider/comparison/property-diff.ts'
import { canonicalDefinition } from '../../../provider/studio/canonical-definition.ts'
import { readSettings, readWidgets } from '../../../provider/studio/flow-reading.ts'
import { createDirectory } from '../../../provider/words/names.ts'
import { flows, type Json, spellings } from './flow-spellings.ts'

const names = createDirectory()
const read = (definition: unknown) => [
  readWidgets(definition, names),
  readSettings(definition, names),
]

describe('the reading of a flow', () => {
  it('is the same for every spelling of one flow', () => {
    fc.assert(
      fc.property(flows, spellings, (flow, spell) => {
        assert.deepEqual(read(spell(flow)), read(flow))
      }),
    )
  })

  it('differs wherever what two flows do differs', () => {
    fc.assert(
      fc.property(flows, flows, (one, other) => {
        const same = sameValue(canonicalDefinition(one), canonicalDefinition(other))
        assert.equal(sameValue(read(one), read(other)), same)
      }),
    )
  })

  it('differs when branches of which two may hold change places', () => {
    fc.assert(
      fc.property(flows, (flow) => {
        const menu = flow.states[2]
        const branches = menu?.transitions.filter(({ event }) => event === 'match') ?? []
        fc.pre(branches.length > 1)
        const containing = branches.map((branch, i) => ({
          ...branch,
          conditions: [
            {
              friendly_name: 'If',
              arguments: ['{{widgets.hello.Digits}}'],
              type: 'contains',
              value: String(i),
            },
          ],
        }))
        const inTurn = (transitions: typeof containing): Json => ({
          ...flow,
          states: flow.states.map((state) => (state === menu ? { ...state, transitions } : state)),
        })
        const [one, other] = [inTurn(containing), inTurn(containing.toReversed())]
        assert.ok(!sameValue(canonicalDefinition(one), canonicalDefinition(other)))
        assert.ok(!sameValue(read(one), read(other)))
      }),
    )
  })

  it('of anything is something that a message can hold', () => {
    const widget = fc.record(
      {
        name: fc.jsonValue(),
        type: fc.jsonValue(),
        properties: fc.jsonValue(),
        transitions: fc.array(fc.jsonValue()),
      },
      { requiredKeys: [] },
    )
    const definition = fc.record({ states: fc.array(fc.oneof(widget, fc.jsonValue())) })
    fc.assert(
      fc.property(fc.oneof(definition, fc.jsonValue()), (value) => {
        const told = read(value).filter((reading) => reading !== undefined)
        assert.ok(!holdsUndefined(told))
      }),
    )
  })
})

function holdsUndefined(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value === undefined
  return Object.values(value).some(holdsUndefined)
}
