import type { Route } from './route.ts'

/** The endpoints of one of Twilio's hosts. */
export type HostRoutes = { readonly host: string; readonly routes: readonly Route[] }

/** What a request's address leads to. */
export type Match =
  | {
      readonly kind: 'found'
      readonly route: Route
      readonly path: Readonly<Record<string, string>>
    }
  /** The address exists, but not with that method. */
  | { readonly kind: 'wrong-method'; readonly allowed: readonly string[] }
  | { readonly kind: 'unknown' }

/** Finds endpoints by host, method and path; the cost does not grow with their number. */
export interface RouteTable {
  match(host: string, method: string, pathname: string): Match
}

type Hole = { readonly name: string; readonly suffix: string; readonly node: Node }
type Node = {
  readonly fixed: Map<string, Node>
  readonly holes: Hole[]
  readonly routes: Map<string, Route>
}

/** Builds the table: a tree of path segments for each host, where a fixed segment wins over a `{name}`. */
export function createRouteTable(hosts: readonly HostRoutes[]): RouteTable {
  const roots = new Map<string, Node>()
  for (const { host, routes } of hosts) {
    const root = roots.get(host) ?? newNode()
    roots.set(host, root)
    for (const route of routes) insert(root, route)
  }
  return {
    match(host, method, pathname) {
      const root = roots.get(host)
      const path: Record<string, string> = {}
      const node = root && walk(root, pathname.split('/').slice(1), 0, path)
      if (!node) return { kind: 'unknown' }
      const route = node.routes.get(method === 'HEAD' ? 'GET' : method)
      if (!route) return { kind: 'wrong-method', allowed: [...node.routes.keys()] }
      return { kind: 'found', route, path }
    },
  }
}

function newNode(): Node {
  return { fixed: new Map(), holes: [], routes: new Map() }
}

function insert(root: Node, route: Route): void {
  let node = root
  for (const segment of route.path.split('/').slice(1)) {
    const hole = /^\{(\w+)\}(.*)$/.exec(segment)
    node = hole ? holeOf(node, hole[1] ?? '', hole[2] ?? '') : fixedOf(node, segment)
  }
  if (node.routes.has(route.method))
    throw new Error(`${route.method} ${route.path} is listed twice`)
  node.routes.set(route.method, route)
}

function fixedOf(node: Node, segment: string): Node {
  const next = node.fixed.get(segment) ?? newNode()
  node.fixed.set(segment, next)
  return next
}

function holeOf(node: Node, name: string, suffix: string): Node {
  const known = node.holes.find((hole) => hole.name === name && hole.suffix === suffix)
  if (known) return known.node
  const hole = { name, suffix, node: newNode() }
  node.holes.push(hole)
  // The longer suffix is the stricter template.
  node.holes.sort((a, b) => b.suffix.length - a.suffix.length)
  return hole.node
}

function walk(
  node: Node,
  segments: readonly string[],
  index: number,
  path: Record<string, string>,
): Node | undefined {
  const segment = segments[index]
  if (segment === undefined) return node.routes.size > 0 ? node : undefined
  const fixed = node.fixed.get(segment)
  const found = fixed && walk(fixed, segments, index + 1, path)
  if (found) return found
  for (const { name, suffix, node: next } of node.holes) {
    if (!segment.endsWith(suffix) || segment.length === suffix.length) continue
    const end = walk(next, segments, index + 1, path)
    if (!end) continue
    path[name] = decode(segment.slice(0, segment.length - suffix.length))
    return end
  }
  return undefined
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    // A stray percent sign stands for itself: no object has such a name.
    return segment
  }
}
