import type { Item } from '../collect.ts'
import { nameObjects, type ProgramName, slugOf } from '../resource-names.ts'
import { circular, order } from './order.ts'
import { sidsIn } from './references.ts'

/** An item with its place among the others. */
export type ProgramNode = {
  readonly item: Item
  readonly names: ProgramName
  /** What it refers to, and therefore comes after. */
  readonly needs: ReadonlySet<ProgramNode>
}

/** What nodes refer to, by SID. */
export type Nodes = {
  /** Each after those that it needs. */
  readonly ordered: readonly ProgramNode[]
  /** The node of a SID. */
  readonly ofSid: ReadonlyMap<string, ProgramNode>
}

/** Names items and finds out what refers to what. Where they refer to each other in a circle, one reference is given up. */
export function linkItems(items: readonly Item[]): Nodes {
  const names = nameObjects(items)
  const nodes = items.map((item) => ({
    item,
    names: names.get(item) ?? { resource: item.name, identifier: item.name, short: item.name },
    needs: new Set<ProgramNode>(),
  }))
  const ofSid = new Map<string, ProgramNode & { readonly needs: Set<ProgramNode> }>()
  for (const node of nodes) {
    const { type, sid, id } = node.item
    // A number in a messaging service has the number's own SID: that of the number itself is meant.
    const known = ofSid.get(sid)?.item.id
    if (type.hasSid && (known === undefined || known.length > id.length)) ofSid.set(sid, node)
  }
  for (const { item, needs } of nodes) {
    const { inputs, declared, type } = item
    // A look-up only takes a name.
    const mentioned = declared
      ? inputs
      : (type.lookUp?.args ?? []).map((name) => inputs[name] ?? '')
    for (const sid of sidsIn(mentioned)) {
      const needed = ofSid.get(sid)
      if (needed && needed.item !== item) needs.add(needed)
    }
  }
  const needs = new Map<ProgramNode, Set<ProgramNode>>(nodes.map((node) => [node, node.needs]))
  const ordered = order<ProgramNode>(
    nodes,
    (node) => node.needs,
    (node, needed) => needs.get(node)?.delete(needed),
  )
  return { ordered, ofSid }
}

// Fewer than this are one screen after the other in one file.
const mostInOneFile = 30

/** In which file a node stands: small centres are one file, large ones have a file for each workspace. */
export function chooseFiles(nodes: readonly ProgramNode[]): (node: ProgramNode) => string {
  const workspaces = Map.groupBy(nodes, workspaceOf)
  const inside = [...workspaces.keys()].filter((sid) => sid !== undefined)
  const single = () => 'index'
  if (inside.length === 0 || (inside.length === 1 && nodes.length <= mostInOneFile)) return single
  const taken = new Set(['index', 'account', 'definition'])
  const fileNames = new Map<string | undefined, string>()
  for (const sid of inside) {
    const node = workspaces.get(sid)?.find(({ item }) => item.id === sid)
    const base = slugOf(node?.item.name ?? 'workspace', 'workspace')
    let name = base
    for (let i = 2; taken.has(name); i++) name = `${base}-${i}`
    taken.add(name)
    fileNames.set(sid, name)
  }
  const needsOutside = nodes.some(
    (node) =>
      workspaceOf(node) !== undefined &&
      [...node.needs].some((needed) => workspaceOf(needed) === undefined),
  )
  const rest = needsOutside ? 'account' : 'index'
  const fileOf = (node: ProgramNode) => fileNames.get(workspaceOf(node)) ?? rest
  const files = [...new Set(nodes.map(fileOf))]
  const needsOfFile = (file: string) =>
    new Set(
      nodes
        .filter((node) => fileOf(node) === file)
        .flatMap(({ needs }) => [...needs].map(fileOf))
        .filter((other) => other !== file),
    )
  // Modules that import each other would see half of each other.
  return circular(files, needsOfFile).size > 0 ? single : fileOf
}

function workspaceOf({ item }: ProgramNode): string | undefined {
  const [first = ''] = item.id.split('/')
  return first.startsWith('WS') ? first : undefined
}
