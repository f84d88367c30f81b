import type { Box } from '../../routing/index.ts'
import { createGrid, type Grid, type Point, stub } from './grid.ts'
import { createHeap } from './heap.ts'

/** A connection to be drawn: down out of `from`, down into `to`. */
export type Edge = {
  readonly from: Point
  readonly to: Point
  /** Connections to the same target may run together. */
  readonly target: string
}

const bend = 40
const crossing = 25
const shared = 400

// How a connection goes on from a point: right, left, down, up.
const ways = [
  { dx: 1, dy: 0 },
  { dx: -1, dy: 0 },
  { dx: 0, dy: 1 },
  { dx: 0, dy: -1 },
] as const
const down = 2

/**
 * The corners of each connection, from exit to entry. They run around boxes, with few bends, and apart from those that lead elsewhere;
 * where boxes leave no way, straight.
 */
export function routeEdges(boxes: readonly Box[], edges: readonly Edge[]): readonly Point[][] {
  const columns = edges.flatMap(({ from, to }) => [from.x, to.x])
  const grid = createGrid(boxes, columns)
  const taken = new Map<string, string>()
  // Short ones first: they have the least choice.
  const order = [...edges.keys()].sort((a, b) => lengthOf(edges[a]) - lengthOf(edges[b]))
  const routes: Point[][] = edges.map(() => [])
  for (const i of order) {
    const edge = edges[i]
    if (!edge) continue
    const path = shortest(grid, edge, taken)
    routes[i] = path ? corners([edge.from, ...path, edge.to]) : [edge.from, edge.to]
  }
  return routes
}

function lengthOf(edge: Edge | undefined): number {
  return edge ? Math.abs(edge.from.x - edge.to.x) + Math.abs(edge.from.y - edge.to.y) : 0
}

type Taken = Map<string, string>

// Dijkstra’s walk with an estimate of what is left (A*). A state is a point and the way in which it was reached.
function shortest(grid: Grid, { from, to, target }: Edge, taken: Taken): Point[] | undefined {
  const { xs, ys } = grid
  const indexOf = ({ x, y }: Point) =>
    [xs.indexOf(Math.round(x)), ys.indexOf(Math.round(y))] as const
  const [startX, startY] = indexOf({ x: from.x, y: from.y + stub })
  const [endX, endY] = indexOf({ x: to.x, y: to.y - stub })
  if (Math.min(startX, startY, endX, endY) < 0) return undefined
  const idOf = (x: number, y: number, way: number) => (y * xs.length + x) * ways.length + way
  const start = idOf(startX, startY, down)
  const costs = new Map([[start, 0]])
  const cameFrom = new Map<number, number>()
  const done = new Set<number>()
  const heap = createHeap()
  heap.push(start, 0)
  for (let id = heap.pop(); id !== undefined; id = heap.pop()) {
    if (done.has(id)) continue
    done.add(id)
    const way = id % ways.length
    const at = Math.floor(id / ways.length)
    const [x, y] = [at % xs.length, Math.floor(at / xs.length)]
    if (x === endX && y === endY && way === down) return retrace(id)
    for (const [next, { dx, dy }] of ways.entries()) {
      const opposite = dx + (ways[way]?.dx ?? 0) === 0 && dy + (ways[way]?.dy ?? 0) === 0
      const [nextX, nextY] = [x + dx, y + dy]
      if (opposite || !isOpen(x, y, dx, dy)) continue
      const price =
        distance(x, y, nextX, nextY) +
        (next === way ? 0 : bend) +
        disturbance(x, y, nextX, nextY, dx !== 0)
      const cost = (costs.get(id) ?? 0) + price
      const nextId = idOf(nextX, nextY, next)
      if (cost >= (costs.get(nextId) ?? Number.POSITIVE_INFINITY)) continue
      costs.set(nextId, cost)
      cameFrom.set(nextId, id)
      heap.push(nextId, cost + distance(nextX, nextY, endX, endY))
    }
  }
  return undefined

  function isOpen(x: number, y: number, dx: number, dy: number): boolean {
    const [column, row] = [x + Math.min(dx, 0), y + Math.min(dy, 0)]
    if (column < 0 || row < 0 || x + dx >= xs.length || y + dy >= ys.length) return false
    return dx === 0 ? grid.isFreeDown(column, row) : grid.isFreeAcross(column, row)
  }

  function distance(x: number, y: number, otherX: number, otherY: number): number {
    return Math.abs((xs[x] ?? 0) - (xs[otherX] ?? 0)) + Math.abs((ys[y] ?? 0) - (ys[otherY] ?? 0))
  }

  // What it costs to run along others, or across them.
  function disturbance(
    x: number,
    y: number,
    nextX: number,
    nextY: number,
    across: boolean,
  ): number {
    const along = taken.get(keyOf(x, y, nextX, nextY))
    const crossed = taken.get(`${across ? 'down' : 'across'} ${nextX} ${nextY}`)
    return (
      (along !== undefined && along !== target ? shared : 0) +
      (crossed !== undefined && crossed !== target ? crossing : 0)
    )
  }

  function retrace(end: number): Point[] {
    const path: (readonly [number, number])[] = []
    for (let id: number | undefined = end; id !== undefined; id = cameFrom.get(id)) {
      const at = Math.floor(id / ways.length)
      path.unshift([at % xs.length, Math.floor(at / xs.length)])
    }
    for (const [i, [x, y]] of path.entries()) {
      const next = path[i + 1]
      if (!next) break
      const across = next[0] !== x
      taken.set(keyOf(x, y, ...next), target)
      taken.set(`${across ? 'across' : 'down'} ${x} ${y}`, target)
      taken.set(`${across ? 'across' : 'down'} ${next[0]} ${next[1]}`, target)
    }
    return path.map(([x, y]) => ({ x: xs[x] ?? 0, y: ys[y] ?? 0 }))
  }
}

function keyOf(x: number, y: number, otherX: number, otherY: number): string {
  return `${Math.min(x, otherX)} ${Math.min(y, otherY)} ${x === otherX ? 'down' : 'across'}`
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
