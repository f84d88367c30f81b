import type { FlowDefinition, FlowState } from '../../schemas/index.ts'
import { type Box, type Place, placeOf, sizeOf } from './canvas.ts'
import { type Ranked, rankWidgets } from './layers.ts'

const rowHeight = 200
const gap = 50
const step = 10

/**
 * The definition with a place on the canvas for each widget. Those that have one keep it. The others go below the widgets that lead
 * to them, at the first free spot to the right, in the order of the definition: so one that is added moves nobody in its row. Where
 * only few have a place, the others stand as if none had: so one that is put elsewhere moves nobody, either.
 */
export function layOut(definition: FlowDefinition): FlowDefinition {
  const { states } = definition
  const placed = states.map((state) => boxAt(state, placeOf(state)))
  const few = placed.filter(Boolean).length * 2 <= states.length
  const boxes = few ? amongFew(definition, placed) : arranged(definition, placed)
  return {
    ...definition,
    states: states.map((state, i) => {
      const { x = 0, y = 0 } = boxes[i] ?? {}
      if (placeOf(state)) return state
      return { ...state, properties: { ...state.properties, offset: { x, y } } }
    }),
  }
}

function arranged(definition: FlowDefinition, placed: Boxes): Boxes {
  const boxes = [...placed]
  for (const widget of rankWidgets(definition)) {
    const state = definition.states[widget.index]
    if (!state || boxes[widget.index]) continue
    boxes[widget.index] = freeBox(state, wish(widget, boxes), boxes)
  }
  return boxes
}

function amongFew(definition: FlowDefinition, placed: Boxes): Boxes {
  const usual = arranged(definition, [])
  const isFree = (box: Box) => !placed.some((other) => other && overlap(box, other))
  const boxes = usual.map((box, i) => placed[i] ?? (box && isFree(box) ? box : undefined))
  for (const [i, state] of definition.states.entries()) {
    const box = usual[i]
    if (box && !boxes[i]) boxes[i] = freeBox(state, box, boxes)
  }
  return boxes
}

type Boxes = readonly (Box | undefined)[]

function boxAt(state: FlowState, place: Place | undefined): Box | undefined {
  return place && { ...place, ...sizeOf(state) }
}

// Below the lowest that leads here, and in line with it.
function wish({ above, layer }: Ranked, boxes: Boxes): Place {
  const parents = above.flatMap((index) => boxes[index] ?? [])
  const [first, ...others] = parents
  if (!first) return { x: 0, y: layer * rowHeight }
  const lowest = others.reduce((low, box) => (box.y > low.y ? box : low), first)
  return { x: roundUp(lowest.x), y: roundUp(lowest.y + rowHeight) }
}

// Past each box that is in the way, from left to right.
function freeBox(state: FlowState, { x, y }: Place, boxes: Boxes): Box {
  const size = sizeOf(state)
  const beside = boxes
    .flatMap((one) => (one && overlapInHeight(one, { ...size, x, y }) ? [one] : []))
    .sort((one, other) => one.x - other.x)
  const at = beside.reduce((place, one) => {
    const isInTheWay = overlapInWidth(one, { ...size, x: place, y })
    return isInTheWay ? roundUp(one.x + one.width + gap) : place
  }, x)
  return { ...size, x: at, y }
}

function overlap(one: Box, other: Box): boolean {
  return overlapInWidth(one, other) && overlapInHeight(one, other)
}

function overlapInWidth(one: Box, other: Box): boolean {
  return one.x < other.x + other.width + gap && other.x < one.x + one.width + gap
}

function overlapInHeight(one: Box, other: Box): boolean {
  return one.y < other.y + other.height + gap && other.y < one.y + one.height + gap
}

function roundUp(value: number): number {
  // Not −0, which JSON does not have.
  return Math.ceil(value / step) * step + 0
}
