/** The connections that run on a grid already; points are counted row by row. */
export type Traffic = {
  /** What it costs a connection to run along others, or across them, from a point to the next. */
  priceOf(from: number, to: number, target: number): number
  add(from: number, to: number, target: number): void
}

const crossing = 25
const shared = 400
const nobody = -1

/** No connection yet. Those to one target do not disturb each other. */
export function createTraffic(width: number, height: number): Traffic {
  // Who runs from a point to its right, and down from it; and who crosses a point in either direction.
  const along = [0, 1].map(() => new Int32Array(width * height).fill(nobody))
  const across = [0, 1].map(() => new Int32Array(width * height).fill(nobody))
  const directionOf = (from: number, to: number) => (Math.abs(from - to) === 1 ? 0 : 1)
  const isOther = (who: number | undefined, target: number) => who !== nobody && who !== target
  return {
    priceOf(from, to, target) {
      const direction = directionOf(from, to)
      const price = isOther(along[direction]?.[Math.min(from, to)], target) ? shared : 0
      return price + (isOther(across[1 - direction]?.[to], target) ? crossing : 0)
    },
    add(from, to, target) {
      const direction = directionOf(from, to)
      along[direction]?.fill(target, Math.min(from, to), Math.min(from, to) + 1)
      for (const point of [from, to]) across[direction]?.fill(target, point, point + 1)
    },
  }
}
