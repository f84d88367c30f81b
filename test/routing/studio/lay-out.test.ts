import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type Box, layOut, type Place, placeOf, sizeOf } from '../../../routing/index.ts'
import type { FlowDefinition } from '../../../schemas/index.ts'

type Leads = Readonly<Record<string, readonly string[]>>

/** A flow in which each widget leads to the others named, the trigger to the first. */
function flowOf(leads: Leads, places: Readonly<Record<string, Place>> = {}): FlowDefinition {
  const [first = ''] = Object.keys(leads)
  const states = Object.entries({ Trigger: [first], ...leads }).map(([name, nexts]) => ({
    name,
    type: name === 'Trigger' ? 'trigger' : 'say-play',
    transitions: nexts.map((next, i) => ({ event: String(i), next })),
    properties: places[name] ? { offset: places[name] } : {},
  }))
  return { states, initial_state: 'Trigger' }
}

function placesIn(definition: FlowDefinition): Readonly<Record<string, Place | undefined>> {
  return Object.fromEntries(definition.states.map((state) => [state.name, placeOf(state)]))
}

// Every widget can be reached: one before it leads there. Any others may lead anywhere.
const anyLeads = fc
  .array(fc.tuple(fc.nat(), fc.array(fc.nat(), { maxLength: 2 })), { minLength: 1, maxLength: 12 })
  .map((all): Leads => {
    const leads = all.map(([, others]) => others.map((other) => other % all.length))
    for (const [i, [from]] of all.entries()) if (i > 0) leads[from % i]?.push(i)
    return Object.fromEntries(leads.map((nexts, i) => [`w${i}`, nexts.map((next) => `w${next}`)]))
  })

function boxOf(state: FlowDefinition['states'][number]): Box {
  return { x: 0, y: 0, ...placeOf(state), ...sizeOf(state) }
}

function areApart(a: Box, b: Box): boolean {
  return (
    a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
  )
}

describe('layOut', () => {
  it('puts each widget below those that lead to it', () => {
    const { Trigger, a, b, c } = placesIn(layOut(flowOf({ a: ['b', 'c'], b: ['c'], c: ['a'] })))
    assert.deepEqual([Trigger?.y, a?.y, b?.y, c?.y], [0, 200, 400, 600])
  })

  it('puts those that no path reaches below everything', () => {
    const { b, lost } = placesIn(layOut(flowOf({ a: ['b'], b: [], lost: ['b'] })))
    assert.ok(Number(lost?.y) > Number(b?.y))
  })

  it('keeps places, and puts new widgets where nothing is', () => {
    const places = { Trigger: { x: -7, y: 3 }, a: { x: 15, y: -200 }, b: { x: 20, y: 0 } }
    const laidOut = placesIn(layOut(flowOf({ a: ['b', 'c'], b: [], c: [] }, places)))
    assert.deepEqual(laidOut, { ...places, c: { x: 310, y: 0 } })
  })

  it('moves nobody when a widget is put elsewhere, unless onto others', () => {
    const leads = { a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }
    const usual = placesIn(layOut(flowOf(leads)))
    const elsewhere = { b: { x: -500, y: 90 } }
    assert.deepEqual(placesIn(layOut(flowOf(leads, elsewhere))), { ...usual, ...elsewhere })
    const onto = { b: { x: 290, y: 400 } }
    const { c, ...others } = placesIn(layOut(flowOf(leads, onto)))
    assert.deepEqual(others, { Trigger: usual['Trigger'], a: usual['a'], d: usual['d'], ...onto })
    assert.deepEqual(c, { x: 580, y: 400 })
  })

  it('moves nobody when a widget is added at the end of a path', () => {
    fc.assert(
      fc.property(anyLeads, fc.nat(), (leads, which) => {
        const names = Object.keys(leads)
        const parent = names[which % names.length] ?? ''
        const more = { ...leads, [parent]: [...(leads[parent] ?? []), 'added'], added: [] }
        const { added: _, ...others } = placesIn(layOut(flowOf(more)))
        assert.deepEqual(others, placesIn(layOut(flowOf(leads))))
      }),
      { numRuns: 50 },
    )
  })

  it('lets no widget overlap, and counts in tens', () => {
    fc.assert(
      fc.property(anyLeads, (leads) => {
        const boxes = layOut(flowOf(leads)).states.map(boxOf)
        for (const [i, a] of boxes.entries()) {
          assert.ok(a.x % 10 === 0 && a.y % 10 === 0)
          for (const b of boxes.slice(i + 1)) assert.ok(areApart(a, b), JSON.stringify([a, b]))
        }
      }),
      { numRuns: 50 },
    )
  })

  it('keeps every place that there is, and puts no other widget onto one', () => {
    const place = fc.record({
      x: fc.integer({ min: -900, max: 900 }),
      y: fc.integer({ min: -300, max: 900 }),
    })
    const anyPlaces = fc.dictionary(
      fc.constantFrom('Trigger', 'w0', 'w1', 'w2', 'w3', 'w4', 'w5'),
      place,
    )
    fc.assert(
      fc.property(anyLeads, anyPlaces, (leads, places) => {
        const { states } = layOut(flowOf(leads, places))
        for (const [i, one] of states.entries()) {
          if (places[one.name]) assert.deepEqual(placeOf(one), { ...places[one.name] })
          for (const other of states.slice(i + 1)) {
            // What somebody has put onto each other stays so.
            const byHand = places[one.name] && places[other.name]
            assert.ok(byHand || areApart(boxOf(one), boxOf(other)), `${one.name}, ${other.name}`)
          }
        }
      }),
      { numRuns: 100 },
    )
  })

  it('lays out as many widgets as Studio takes, also all in one row', () => {
    const names = Array.from({ length: 1_999 }, (_, i) => `w${i}`)
    const star = flowOf({ first: names, ...Object.fromEntries(names.map((name) => [name, []])) })
    const { states } = layOut(star)
    assert.equal(new Set(states.map((state) => JSON.stringify(placeOf(state)))).size, 2_001)
  })

  it('is the same again', () => {
    const once = layOut(flowOf({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }))
    assert.deepEqual(layOut(once), once)
  })
})
