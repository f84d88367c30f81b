/** A set of workers by their index. All sets of a router have the same length. */
export type Bits = Uint32Array

/** How many words hold `count` members. */
export function wordsFor(count: number): number {
  return Math.max(1, (count + 31) >>> 5)
}

/** Puts a member in, or takes it out. */
export function setBit(bits: Bits, index: number, on: boolean): void {
  const word = index >>> 5
  const mask = 1 << (index & 31)
  bits[word] = on ? (bits[word] ?? 0) | mask : (bits[word] ?? 0) & ~mask
}

/** Is it a member? */
export function hasBit(bits: Bits, index: number): boolean {
  return (((bits[index >>> 5] ?? 0) >>> (index & 31)) & 1) === 1
}

/** Do the two sets share a member? */
export function intersects(left: Bits, right: Bits): boolean {
  for (let word = 0; word < left.length; word++) {
    if (((left[word] ?? 0) & (right[word] ?? 0)) !== 0) return true
  }
  return false
}

/** How many members the two sets share. */
export function countCommon(left: Bits, right: Bits): number {
  let count = 0
  for (let word = 0; word < left.length; word++) {
    for (let rest = (left[word] ?? 0) & (right[word] ?? 0); rest !== 0; rest &= rest - 1) count++
  }
  return count
}

/** The same set with room for more members. */
export function grown(bits: Bits, words: number): Bits {
  const larger = new Uint32Array(words)
  larger.set(bits)
  return larger
}
