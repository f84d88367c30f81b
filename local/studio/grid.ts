import type { Box } from '../../routing/index.ts'

/** A point in pixels. */
export type Point = { readonly x: number; readonly y: number }

/** The lines on which connections may run: beside, above and below boxes, several to a gap. */
export type Grid = {
  readonly xs: readonly number[]
  readonly ys: readonly number[]
  /** Whether a connection may run along `ys[row]` from `xs[column]` to the next. */
  isFreeAcross(column: number, row: number): boolean
  /** Whether a connection may run along `xs[column]` from `ys[row]` to the next. */
  isFreeDown(column: number, row: number): boolean
}

/** How far a connection runs straight before it turns. */
export const stub = 16

const lanes = [stub, stub + 10, stub + 20, stub + 30]
const besides = [14, 24, 34]
// As near as a connection comes to a box.
const margin = 6

/** The grid around boxes, with lines through these columns. */
export function createGrid(boxes: readonly Box[], columns: readonly number[]): Grid {
  const xs = sorted([
    ...columns,
    ...boxes.flatMap(({ x, width }) => besides.flatMap((by) => [x - by, x + width + by])),
  ])
  const ys = sorted(
    boxes.flatMap(({ y, height }) => lanes.flatMap((by) => [y - by, y + height + by])),
  )
  const inRow = ys.map((y) =>
    boxes.filter((box) => y > box.y - margin && y < box.y + box.height + margin),
  )
  const inColumn = xs.map((x) =>
    boxes.filter((box) => x > box.x - margin && x < box.x + box.width + margin),
  )
  return {
    xs,
    ys,
    isFreeAcross(column, row) {
      const [from = 0, to = 0] = [xs[column], xs[column + 1]]
      return !inRow[row]?.some(({ x, width }) => to > x - margin && from < x + width + margin)
    },
    isFreeDown(column, row) {
      const [from = 0, to = 0] = [ys[row], ys[row + 1]]
      return !inColumn[column]?.some(
        ({ y, height }) => to > y - margin && from < y + height + margin,
      )
    },
  }
}

function sorted(values: readonly number[]): readonly number[] {
  return [...new Set(values.map(Math.round))].sort((a, b) => a - b)
}
