import type { FlowDefinition } from '../../schemas/index.ts'
import { exitsOf } from './canvas.ts'

/** A widget in the order of the flow. */
export type Ranked = {
  /** Index of its state. */
  readonly index: number
  /** Indices of the widgets above that lead to it; an exit that leads back up is none of them. */
  readonly above: readonly number[]
  readonly layer: number
}

/**
 * The widgets from top to bottom: each in the layer below all that lead to it, layers in the order of the definition. What no path
 * reaches comes below everything else.
 */
export function rankWidgets(definition: FlowDefinition): readonly Ranked[] {
  const { states, initial_state: start } = definition
  const indexes = new Map(states.map(({ name }, i) => [name, i]))
  const targets = states.map((state) => [
    ...new Set(exitsOf(state).flatMap(({ next }) => indexes.get(next) ?? [])),
  ])
  const above: number[][] = states.map(() => [])
  const layers = states.map(() => 0)
  const seen = new Set<number>()
  let lowest = -1
  for (const root of [indexes.get(start) ?? 0, ...states.keys()]) {
    if (seen.has(root) || root >= states.length) continue
    const part = inOrder(root, targets, seen)
    const first = lowest + 1
    for (const [at, index] of part.entries()) {
      layers[index] = Math.max(layers[index] ?? 0, first)
      lowest = Math.max(lowest, layers[index] ?? 0)
      for (const next of targets[index] ?? []) {
        // An edge against the order leads back up, or into a part that stands above.
        if (part.indexOf(next) <= at) continue
        above[next]?.push(index)
        layers[next] = Math.max(layers[next] ?? 0, (layers[index] ?? 0) + 1)
      }
    }
  }
  return states
    .map((_, index) => ({
      index,
      above: (above[index] ?? []).sort((a, b) => a - b),
      layer: layers[index] ?? 0,
    }))
    .sort((a, b) => a.layer - b.layer || a.index - b.index)
}

// Each widget before those that it leads to, loops aside: the reverse of the order in which a walk leaves them.
function inOrder(
  root: number,
  targets: readonly (readonly number[])[],
  seen: Set<number>,
): readonly number[] {
  const left: number[] = []
  const path = [{ index: root, from: 0 }]
  seen.add(root)
  for (let top = path.at(-1); top; top = path.at(-1)) {
    const next = targets[top.index]?.[top.from++]
    if (next === undefined) {
      left.push(top.index)
      path.pop()
    } else if (!seen.has(next)) {
      seen.add(next)
      path.push({ index: next, from: 0 })
    }
  }
  return left.reverse()
}
