import type { AliasSpec, Goal } from '../program/goal.ts'
import { createUrn, parseUrn, rootStackType } from '../values/urn.ts'

/** What alias resolution must know of the run. */
export type AliasScope = {
  readonly project: string
  readonly stack: string
  /** The old URN of a resource registered in this run, when it was found under an alias. */
  readonly oldUrnOf: (urn: string) => string | undefined
}

/** The URNs under which a resource may be found in the old state, the program's own aliases first. */
export function aliasUrns(urn: string, goal: Goal, scope: AliasScope): readonly string[] {
  const found = new Set<string>()
  const present = parseUrn(urn)
  const oldParent = goal.parent ? scope.oldUrnOf(goal.parent) : undefined
  for (const alias of goal.aliases) {
    if (alias.kind === 'urn') found.add(alias.urn)
    else found.add(specUrn(alias, goal, scope))
    // The parent may have been renamed in the same run: then the alias holds under its old name too.
    if (alias.kind === 'spec' && !alias.noParent && oldParent) {
      const { parentUrn = goal.parent } = alias
      if (parentUrn === goal.parent)
        found.add(specUrn({ ...alias, parentUrn: oldParent }, goal, scope))
    }
  }
  if (oldParent) found.add(inheritedUrn(present.name, goal, oldParent, scope))
  found.delete(urn)
  return [...found]
}

function specUrn(
  alias: Extract<AliasSpec, { kind: 'spec' }>,
  goal: Goal,
  { project, stack, oldUrnOf }: AliasScope,
): string {
  const parent = alias.parentUrn ?? goal.parent
  const isRoot = !parent || parseUrn(parent).type === rootStackType
  return createUrn({
    stack: alias.stack ?? stack,
    project: alias.project ?? project,
    // A parent given by its new URN means, in the old state, the parent's own old URN.
    parentUrn: alias.noParent || isRoot ? '' : (oldUrnOf(parent) ?? parent),
    type: alias.type ?? goal.type,
    name: alias.name ?? goal.name,
  })
}

/** A child of a renamed parent: same name, with the parent's old name in front where its new one stands. */
function inheritedUrn(name: string, goal: Goal, oldParent: string, scope: AliasScope): string {
  const newParentName = parseUrn(goal.parent).name
  const oldName = name.startsWith(newParentName)
    ? parseUrn(oldParent).name + name.slice(newParentName.length)
    : name
  return createUrn({
    stack: scope.stack,
    project: scope.project,
    parentUrn: oldParent,
    type: goal.type,
    name: oldName,
  })
}
