import { circular, order } from './order.ts'
import type { ProgramNode } from './program-node.ts'
import { groupNames, singleName, singleNames, uniqueIn } from './variable-names.ts'

/** Declarations that belong together in a file. */
export type Unit =
  /** `const queues = { spanish: …, english: … }` */
  | {
      readonly kind: 'group'
      readonly variable: string
      readonly nodes: readonly ProgramNode[]
      /** What each is called in the object. */
      readonly keys: ReadonlyMap<ProgramNode, string>
    }
  /** `const workspace = …` */
  | { readonly kind: 'single'; readonly variable: string; readonly nodes: readonly ProgramNode[] }
  /** Nobody refers to these. */
  | { readonly kind: 'bare'; readonly nodes: readonly ProgramNode[] }

/** A file of the program. */
export type SourceFile = {
  /** Without its ending: `index`, `support`. */
  readonly name: string
  /** What others call it: `import * as support from './support.ts'`. */
  readonly namespace: string
  /** In the order in which they refer to each other. */
  readonly units: readonly Unit[]
}

/** Where everything stands. */
export type Layout = {
  readonly files: readonly SourceFile[]
  /** How code in a file refers to a node: `support.queues.spanish`. */
  pathOf(node: ProgramNode, from: SourceFile): string
}

/** Lays nodes out in files: `files` says in which, `index` is the one that is run. */
export function layOut(
  nodes: readonly ProgramNode[],
  fileOf: (node: ProgramNode) => string,
): Layout {
  const byFile = Map.groupBy(nodes, fileOf)
  const namespaces = new Map<string, string>()
  for (const name of byFile.keys()) {
    namespaces.set(name, uniqueIn(new Set(namespaces.values()), [singleName(name)]))
  }
  const files = order([...byFile.keys()], (name) =>
    (byFile.get(name) ?? [])
      .flatMap((node) => [...node.needs].map(fileOf))
      .filter((other) => other !== name),
  ).map((name): SourceFile => {
    const own = byFile.get(name) ?? []
    const taken = new Set(namespaces.values())
    return {
      name,
      namespace: namespaces.get(name) ?? name,
      units: unitsOf(own, nodes, taken),
    }
  })
  const places = new Map<ProgramNode, { readonly file: SourceFile; readonly path: string }>()
  for (const file of files) {
    for (const unit of file.units) {
      if (unit.kind === 'bare') continue
      for (const node of unit.nodes) {
        const { variable } = unit
        const path = unit.kind === 'group' ? `${variable}.${unit.keys.get(node)}` : variable
        places.set(node, { file, path })
      }
    }
  }
  return {
    files,
    pathOf(node, from) {
      const place = places.get(node)
      if (!place) throw new Error(`${node.item.id} is referred to and has no variable`)
      return place.file === from ? place.path : `${place.file.namespace}.${place.path}`
    },
  }
}

function keyIn(keys: Set<string>, { names }: ProgramNode): string {
  return uniqueIn(keys, [names.short, names.identifier])
}

function unitsOf(
  own: readonly ProgramNode[],
  all: readonly ProgramNode[],
  taken: Set<string>,
): readonly Unit[] {
  const needed = new Set(all.flatMap(({ needs }) => [...needs]))
  const types = [...new Set(all.map(({ item }) => item.type))]
  const parents = new Set(all.flatMap(({ item }) => item.id.split('/').slice(0, -1)))
  const byType = [...Map.groupBy(own, ({ item }) => `${item.type.token} ${item.declared}`).values()]
  // Types that need each other, or themselves, can't stand in one object each.
  const typeOf = new Map(byType.flatMap((group) => group.map((node) => [node, group] as const)))
  const needsOfType = (group: readonly ProgramNode[]) =>
    new Set(
      group
        .flatMap(({ needs }) => [...needs].map((node) => typeOf.get(node)))
        .filter((other) => other !== undefined),
    )
  const tangled = circular(byType, (group) => needsOfType(group))
  const units = byType.flatMap((group): Unit[] => {
    const [first] = group
    if (!first) return []
    const named = group.filter((node) => needed.has(node))
    if (named.length === 0 && !tangled.has(group)) return [{ kind: 'bare', nodes: group }]
    if (tangled.has(group)) {
      return group.map((node) => {
        if (!needed.has(node)) return { kind: 'bare', nodes: [node] }
        const { type } = node.item
        const { identifier } = node.names
        const variable = uniqueIn(taken, [identifier, `${identifier}${type.name}`])
        return { kind: 'single', variable, nodes: [node] }
      })
    }
    const { type } = first.item
    if (group.length === 1 && parents.has(first.item.sid)) {
      const variable = uniqueIn(taken, singleNames(type, types))
      return [{ kind: 'single', variable, nodes: group }]
    }
    const keys = new Set<string>()
    return [
      {
        kind: 'group',
        variable: uniqueIn(taken, groupNames(type, types)),
        nodes: group,
        keys: new Map(group.map((node) => [node, keyIn(keys, node)])),
      },
    ]
  })
  const unitOf = new Map(units.flatMap((unit) => unit.nodes.map((node) => [node, unit] as const)))
  return order(units, (unit) =>
    unit.nodes
      .flatMap(({ needs }) => [...needs].flatMap((node) => unitOf.get(node) ?? []))
      .filter((other) => other !== unit),
  )
}
