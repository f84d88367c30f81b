import type { Box } from '../../routing/index.ts'
import { createGrid, type Grid, type Point, stub } from './grid.ts'
import { createHeap } from './heap.ts'
import { createTraffic, type Traffic } from './traffic.ts'

/** A connection to be drawn: down out of `from`, down into `to`. */
export type Edge = {
  readonly from: Point
  readonly to: Point
  /** Connections to the same target may run together. */
  readonly target: string
}

const bend = 40
// More than one: the first good way is taken, and not the whole canvas searched for the best.
const haste = 1.5
// How much is searched for a way apart from others; where all is full of them, it runs along some.
const patience = 3_000

// How a connection goes on from a point: right, left, down, up.
const ways = [
  { dx: 1, dy: 0 },
  { dx: -1, dy: 0 },
  { dx: 0, dy: 1 },
  { dx: 0, dy: -1 },
] as const
const [down, up] = [2, 3]

/**
 * The corners of each connection, from exit to entry. They run around boxes, with few bends, and apart from those that lead elsewhere;
 * where boxes leave no way, straight.
 */
export function routeEdges(boxes: readonly Box[], edges: readonly Edge[]): readonly Point[][] {
  const columns = edges.flatMap(({ from, to }) => [from.x, to.x])
  const grid = createGrid(boxes, columns)
  const walk = createWalk(grid)
  const targets = [...new Set(edges.map(({ target }) => target))]
  // Short ones first: they have the least choice.
  const order = [...edges.keys()].sort((a, b) => lengthOf(edges[a]) - lengthOf(edges[b]))
  const routes: Point[][] = edges.map(() => [])
  for (const i of order) {
    const edge = edges[i]
    if (!edge) continue
    const path = walk(edge, targets.indexOf(edge.target))
    routes[i] = path ? corners([edge.from, ...path, edge.to]) : [edge.from, edge.to]
  }
  return routes
}

function lengthOf(edge: Edge | undefined): number {
  return edge ? Math.abs(edge.from.x - edge.to.x) + Math.abs(edge.from.y - edge.to.y) : 0
}

/** Finds one way after the other: Dijkstra’s walk with an estimate of what is left (A*), on a grid that fills with connections. */
function createWalk(grid: Grid): (edge: Edge, target: number) => Point[] | undefined {
  const { xs, ys } = grid
  const width = xs.length
  const traffic: Traffic = createTraffic(width, ys.length)
  // A state is a point and the way in which it was reached. What an earlier walk has left there says nothing.
  const states = width * ys.length * ways.length
  const costs = new Float64Array(states)
  const cameFrom = new Int32Array(states)
  const reachedIn = new Int32Array(states)
  const leftIn = new Int32Array(states)
  const heap = createHeap()
  let walks = 0

  return function walk({ from, to }, target) {
    const start = pointAt({ x: from.x, y: from.y + stub })
    const end = pointAt({ x: to.x, y: to.y - stub })
    if (start === undefined || end === undefined) return undefined
    const last = search(start, end, target, patience) ?? search(start, end)
    return last === undefined ? undefined : retrace(last, target)
  }

  /** The last state of a way; without a target, one that does not mind others. */
  function search(start: number, end: number, target?: number, most = states): number | undefined {
    walks += 1
    heap.clear()
    reach(start * ways.length + down, 0, -1, end)
    for (let looked = 0; looked < most; looked++) {
      const id = heap.pop()
      if (id === undefined) return undefined
      const point = Math.floor(id / ways.length)
      if (point === end) return id
      // Reached again at less cost before it was left, it is in the heap twice.
      if (leftIn[id] !== walks) goOn(id, point, end, target)
      leftIn[id] = walks
    }
    return undefined
  }

  function reach(id: number, cost: number, before: number, end: number): void {
    if (reachedIn[id] === walks && cost >= (costs[id] ?? 0)) return
    reachedIn[id] = walks
    costs[id] = cost
    cameFrom[id] = before
    heap.push(id, cost + haste * distance(Math.floor(id / ways.length), end))
  }

  function goOn(id: number, point: number, end: number, target: number | undefined): void {
    const way = id % ways.length
    const [x, y] = [point % width, Math.floor(point / width)]
    for (let next = 0; next < ways.length; next++) {
      const { dx = 0, dy = 0 } = ways[next] ?? {}
      const turnsBack = (way ^ 1) === next
      if (turnsBack || !isOpen(x, y, dx, dy)) continue
      const there = point + dx + dy * width
      if (there === end && next === up) continue
      // The last stretch leads down.
      const bends = (next === way ? 0 : 1) + (there === end && next !== down ? 1 : 0)
      const others = target === undefined ? 0 : traffic.priceOf(point, there, target)
      const price = distance(point, there) + bend * bends + others
      reach(there * ways.length + next, (costs[id] ?? 0) + price, id, end)
    }
  }

  function isOpen(x: number, y: number, dx: number, dy: number): boolean {
    const [column, row] = [x + Math.min(dx, 0), y + Math.min(dy, 0)]
    if (column < 0 || row < 0 || x + dx >= width || y + dy >= ys.length) return false
    return dx === 0 ? grid.isFreeDown(column, row) : grid.isFreeAcross(column, row)
  }

  function pointAt({ x, y }: Point): number | undefined {
    const [column, row] = [xs.indexOf(Math.round(x)), ys.indexOf(Math.round(y))]
    return column < 0 || row < 0 ? undefined : row * width + column
  }

  function distance(point: number, other: number): number {
    const across = (xs[point % width] ?? 0) - (xs[other % width] ?? 0)
    const downwards = (ys[Math.floor(point / width)] ?? 0) - (ys[Math.floor(other / width)] ?? 0)
    return Math.abs(across) + Math.abs(downwards)
  }

  function retrace(end: number, target: number): Point[] {
    const points: number[] = []
    for (let id = end; id >= 0; id = cameFrom[id] ?? -1) {
      points.unshift(Math.floor(id / ways.length))
    }
    for (const [i, point] of points.entries()) {
      const next = points[i + 1]
      if (next !== undefined) traffic.add(point, next, target)
    }
    return points.map((point) => ({
      x: xs[point % width] ?? 0,
      y: ys[Math.floor(point / width)] ?? 0,
    }))
  }
}

function corners(points: readonly Point[]): Point[] {
  return points.filter((point, i) => {
    const [before, after] = [points[i - 1], points[i + 1]]
    if (!before || !after) return true
    const straight =
      (before.x === point.x && point.x === after.x) || (before.y === point.y && point.y === after.y)
    return !straight
  })
}
