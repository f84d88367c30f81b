import { isDeepStrictEqual } from 'node:util'
import type { FlowTransition } from '../../schemas/index.ts'
import { branchSource } from './builder-words.ts'
import { meaning } from './flow-changes.ts'
import { printTypeScript } from './print-value.ts'
import { elementsOf, isList, type Node, propertyOf } from './source-tree.ts'
import { indentAt, type TextEdits } from './text-edits.ts'

/** The branches of a split, as its source builds them and as they are to be. */
export type BranchChange = {
  readonly before: readonly FlowTransition[]
  readonly after: readonly FlowTransition[]
  /** What the split compares in the source, and from now on: a branch that says nothing else follows. */
  readonly input: { readonly before: string; readonly after: string }
}

/** Changes the list of a split’s branches, each where it differs; false when the list is no plain one. */
export function patchBranches(
  source: string,
  edits: TextEdits,
  list: Node,
  { before, after, input }: BranchChange,
): boolean {
  const nodes = elementsOf(list)
  if (!isList(list) || nodes.length !== before.length) return false
  for (const [i, branch] of after.entries()) {
    const [old, node] = [before[i], nodes[i]]
    const fresh = branchSource(branch, input.after)
    if (!old || !node) {
      const indent = `${indentAt(source, list.start)}  `
      edits.add(list, printTypeScript(fresh, indent))
      continue
    }
    const [was, is] = [meaning(following(old, input)), meaning(branch)]
    if (isDeepStrictEqual(was, is)) continue
    const next = propertyOf(node, 'next')
    const onlyNext = isDeepStrictEqual(was.conditions, is.conditions)
    if (onlyNext && next && is.next !== undefined) {
      edits.replace(next.value, printTypeScript(is.next, ''))
    } else edits.replace(node, printTypeScript(fresh, indentAt(source, node.start)))
  }
  for (const node of nodes.slice(after.length)) edits.remove(list, node)
  return true
}

function following(branch: FlowTransition, input: BranchChange['input']): FlowTransition {
  const follow = (text: string) => (text === input.before ? input.after : text)
  return {
    ...branch,
    conditions: (branch.conditions ?? []).map((condition) => ({
      ...condition,
      arguments: condition.arguments.map(follow),
    })),
  }
}
