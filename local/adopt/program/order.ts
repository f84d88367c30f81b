/**
 * Orders nodes so that each comes after those that it needs, otherwise as they came. Where they need each other in a circle, the last
 * need that closes it is given up and told to `broken`.
 */
export function order<T>(
  nodes: readonly T[],
  needsOf: (node: T) => Iterable<T>,
  broken: (node: T, needed: T) => void = () => {},
): readonly T[] {
  const all = new Set(nodes)
  const state = new Map<T, 'under way' | 'done'>()
  const ordered: T[] = []
  const visit = (node: T) => {
    state.set(node, 'under way')
    for (const needed of needsOf(node)) {
      if (!all.has(needed)) continue
      const known = state.get(needed)
      if (known === 'under way') broken(node, needed)
      else if (known === undefined) visit(needed)
    }
    state.set(node, 'done')
    ordered.push(node)
  }
  for (const node of nodes) if (!state.has(node)) visit(node)
  return ordered
}

/** The nodes that lie on a circle, also of one node alone. */
export function circular<T>(
  nodes: readonly T[],
  needsOf: (node: T) => Iterable<T>,
): ReadonlySet<T> {
  const reachable = (from: T): ReadonlySet<T> => {
    const seen = new Set<T>()
    const open = [...needsOf(from)]
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (seen.has(node)) continue
      seen.add(node)
      open.push(...needsOf(node))
    }
    return seen
  }
  return new Set(nodes.filter((node) => reachable(node).has(node)))
}
