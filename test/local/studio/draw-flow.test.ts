import assert from 'node:assert/strict'
import { drawFlow } from '../../../local/studio/draw-flow.ts'
import { layOut, placeOf, sizeOf } from '../../../routing/index.ts'
import type { FlowDefinition } from '../../../schemas/index.ts'
import * as built from '../../../studio-flows/index.ts'
import { greetingFlow } from '../../provider/studio/greeting-flow.ts'

type Segment = readonly [readonly [number, number], readonly [number, number]]

/** The connections of a picture, as straight lines. */
function segmentsIn(picture: string): readonly Segment[] {
  return [...picture.matchAll(/class="edge[^>]* d="([^"]+)"/g)].flatMap(([, path = '']) => {
    const points = [...path.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(
      ([, x, y]) => [Number(x), Number(y)] as const,
    )
    return points.slice(1).map((point, i): Segment => [points[i] ?? point, point])
  })
}

/** Widgets that a connection of the picture runs through. */
function hitsIn(name: string, definition: FlowDefinition): readonly unknown[] {
  const boxes = layOut(definition).states.map((state) => ({
    ...{ name: state.name, x: 0, y: 0, ...placeOf(state) },
    ...sizeOf(state),
  }))
  return segmentsIn(drawFlow(name, definition)).flatMap(([[x1, y1], [x2, y2]]) =>
    boxes.filter(
      ({ x, y, width, height }) =>
        Math.max(x1, x2) > x &&
        Math.min(x1, x2) < x + width &&
        Math.max(y1, y2) > y &&
        Math.min(y1, y2) < y + height,
    ),
  )
}

/** Widgets of which each leads on, back and far away. */
function crowdOf(count: number): FlowDefinition {
  const nameAt = (i: number) => (i % count === 0 ? 'Trigger' : `w${i % count}`)
  const states = Array.from({ length: count }, (_, i) => ({
    name: nameAt(i),
    type: i === 0 ? 'trigger' : 'gather-input-on-call',
    transitions:
      i === 0
        ? [{ event: 'incomingCall', next: 'w1' }]
        : [2, 5, 31].map((step, exit) => ({
            event: ['keypress', 'speech', 'timeout'][exit] ?? '',
            next: nameAt(i * step + 1),
          })),
    properties: {},
  }))
  return { states, initial_state: 'Trigger' }
}

describe('drawFlow', () => {
  it('draws every widget with its type and name, and every exit that leads somewhere', () => {
    const picture = drawFlow('main', greetingFlow())
    assert.deepEqual(
      [...picture.matchAll(/data-widget="([^"]+)"/g)].map(([, name]) => name),
      ['Trigger', 'greeting', 'menu', 'billing', 'sales'],
    )
    assert.match(picture, />gather-input-on-call<\/text>/)
    assert.deepEqual(
      [...picture.matchAll(/<path class="edge.*?<title>([^<]+)/g)].map(([, title]) => title),
      [
        'Trigger, incomingCall → greeting',
        'greeting, keypress → menu',
        'greeting, timeout → sales',
        'menu, = 1 → billing',
        'menu, noMatch → sales',
      ],
    )
  })

  it('leads no connection through a widget', () => {
    for (const { name, definition } of Object.values<built.Flow>(built)) {
      assert.deepEqual(hitsIn(name, definition), [])
    }
  })

  it('leads none through one where eighty lead to each other, and is the same again', () => {
    const crowd = crowdOf(80)
    assert.deepEqual(hitsIn('crowd', crowd), [])
    assert.equal(drawFlow('crowd', crowd), drawFlow('crowd', crowd))
  })

  it('lets texts be texts', () => {
    const picture = drawFlow('a & b', { ...greetingFlow(), description: '<script>' })
    assert.match(picture, /a &amp; b/)
    assert.match(picture, /&lt;script&gt;/)
  })

  it('draws what has no way around others straight', () => {
    const flow = greetingFlow()
    const at = (name: string) => ({ offset: name === 'Trigger' ? { x: 0, y: 0 } : { x: 5, y: 5 } })
    const states = flow.states.map((state) => ({ ...state, properties: at(state.name) }))
    assert.equal(segmentsIn(drawFlow('heap', { ...flow, states })).length >= 5, true)
  })
})
