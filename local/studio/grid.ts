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

const lanes = [stub + 10, stub + 20, stub + 30]
const besides = [14, 24, 34]
// As near as a connection comes to a box.
const margin = 6
// Lines nearer to each other look like one.
const apart = 8

/** The grid around boxes, with lines through these columns. */
export function createGrid(boxes: readonly Box[], columns: readonly number[]): Grid {
  const xs = linesAt(
    columns,
    boxes.flatMap(({ x, width }) => besides.flatMap((by) => [x - by, x + width + by])),
  )
  const above = (by: number) => boxes.map(({ y }) => y - by)
  const below = (by: number) => boxes.map(({ y, height }) => y + height + by)
  const ys = linesAt(
    [...above(stub), ...below(stub)],
    lanes.flatMap((by) => [...above(by), ...below(by)]),
  )
  const isIn = (value: number, start: number, length: number) =>
    value > start - margin && value < start + length + margin
  // Asked for again and again: found out once.
  const across = blockedIn(ys, xs, (y, from, to) =>
    boxes.some(
      (box) =>
        isIn(y, box.y, box.height) && to > box.x - margin && from < box.x + box.width + margin,
    ),
  )
  const downwards = blockedIn(xs, ys, (x, from, to) =>
    boxes.some(
      (box) =>
        isIn(x, box.x, box.width) && to > box.y - margin && from < box.y + box.height + margin,
    ),
  )
  return {
    xs,
    ys,
    isFreeAcross: (column, row) => across[row]?.[column] === 0,
    isFreeDown: (column, row) => downwards[column]?.[row] === 0,
  }
}

// Line by line, which stretches from one crossing line to the next are blocked.
function blockedIn(
  lines: readonly number[],
  crossings: readonly number[],
  isBlocked: (line: number, from: number, to: number) => boolean,
): readonly Uint8Array[] {
  return lines.map((line) =>
    Uint8Array.from(crossings, (from, i) => {
      const to = crossings[i + 1]
      return to === undefined || isBlocked(line, from, to) ? 1 : 0
    }),
  )
}

// Those that are needed, and others where there is room.
function linesAt(needed: readonly number[], others: readonly number[]): readonly number[] {
  const taken = inOrder(needed)
  const free = inOrder(others).filter((line) => !taken.some((one) => Math.abs(one - line) < apart))
  const kept: number[] = []
  for (const line of free) if (line - (kept.at(-1) ?? -Infinity) >= apart) kept.push(line)
  return inOrder([...taken, ...kept])
}

function inOrder(values: readonly number[]): readonly number[] {
  return [...new Set(values.map(Math.round))].sort((a, b) => a - b)
}
