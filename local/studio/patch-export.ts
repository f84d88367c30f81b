import type { FlowState, FlowTransition } from '../../schemas/index.ts'
import { inEditorOrder, transitionInOrder } from './editor-order.ts'
import { type FlowChange, formerNames, meaning } from './flow-changes.ts'
import { printJson } from './print-value.ts'
import { elementsOf, isList, type Node, propertyOf, readExport, valueAt } from './source-tree.ts'
import { staticValue } from './static-value.ts'
import { createTextEdits, indentAt } from './text-edits.ts'

/** The text of an exported flow with these changes made; the order of its keys, and all that is not changed, stays as written. */
export function patchExport(source: string, changes: readonly FlowChange[]): string {
  const tree = readExport(source)
  if (!tree) throw new Error('The file is no object; readFlowSource finds this beforehand')
  const { text, root } = tree
  const edits = createTextEdits(text)
  const unit = /\n([ \t]+)"/.exec(text)?.[1] ?? '  '
  const states = valueAt(root, 'states')
  const valueOfNode = (node: Node | undefined) => staticValue(node, tree)?.value
  const widgets = new Map(
    elementsOf(states).map((node) => [
      String(valueOfNode(valueAt(node, 'name')) ?? 'Trigger'),
      node,
    ]),
  )
  const former = formerNames(changes)
  const nodeOf = (name: string) => widgets.get(former.get(name) ?? name)
  for (const change of changes) make(change)
  return edits.apply().slice(2, -1)

  function make(change: FlowChange): void {
    const widget = 'widget' in change ? nodeOf(change.widget) : undefined
    switch (change.kind) {
      case 'description':
        set(root, 'description', change.value)
        break
      case 'concurrent':
        set(root, 'flags', { allow_concurrent_calls: change.value })
        break
      case 'add':
        if (isList(states)) edits.add(states, printAt(inEditorOrder(change.state), states))
        break
      case 'remove':
        if (widget && isList(states)) edits.remove(states, widget)
        break
      case 'rename':
        set(widget, 'name', change.widget)
        break
      case 'replace':
        if (widget) edits.replace(widget, printed(inEditorOrder(change.state), widget))
        break
      case 'property':
        set(valueAt(widget, 'properties'), change.name, change.value)
        break
      case 'exit':
        lead(widget, change.event, change.next)
        break
      case 'branches':
        branch(widget, change.after)
        break
      case 'move':
        move(widget, change.place)
        break
      default:
        throw new Error(`No change is called ${String(change satisfies never)}`)
    }
  }

  function set(object: Node | undefined, key: string, value: unknown): void {
    if (!isList(object)) return
    const property = propertyOf(object, key)
    if (property && value === undefined) edits.remove(object, property)
    else if (property) edits.replace(property.value, printed(value, property))
    else if (value !== undefined) {
      const at = indentAt(text, object.end - 1) + unit
      const entry = `${JSON.stringify(key)}: ${printJson(value, at, unit)}`
      edits.add(object, entry)
    }
  }

  function lead(widget: Node | undefined, event: string, next: string | undefined): void {
    const transitions = valueAt(widget, 'transitions')
    const exits = elementsOf(transitions)
    const exit = exits.find((one) => valueOfNode(valueAt(one, 'event')) === event)
    // An exit of the editor says first where it leads.
    if (exit && next !== undefined && !propertyOf(exit, 'next')) {
      const led = { ...(valueOfNode(exit) as FlowTransition), next }
      edits.replace(exit, printed(transitionInOrder(led), exit))
    } else if (exit) set(exit, 'next', next)
    else if (isList(transitions) && next !== undefined) {
      edits.add(transitions, printAt({ next, event }, transitions))
    }
  }

  function branch(widget: Node | undefined, after: readonly FlowTransition[]): void {
    const transitions = valueAt(widget, 'transitions')
    const exits = elementsOf(transitions)
    const matches = exits.filter((one) => valueOfNode(valueAt(one, 'event')) === 'match')
    for (const [i, fresh] of after.entries()) {
      const old = matches[i]
      if (!old) {
        if (isList(transitions))
          edits.add(transitions, printAt(transitionInOrder(fresh), transitions))
      } else branchBecomes(old, fresh)
    }
    for (const surplus of matches.slice(after.length)) {
      if (isList(transitions)) edits.remove(transitions, surplus)
    }
  }

  function branchBecomes(old: Node, fresh: FlowTransition): void {
    const [was, is] = [meaning(valueOfNode(old) as FlowTransition), meaning(fresh)]
    if (JSON.stringify(was) === JSON.stringify(is)) return
    if (JSON.stringify(was.conditions) === JSON.stringify(is.conditions)) {
      set(old, 'next', fresh.next)
    } else edits.replace(old, printed(transitionInOrder(fresh), old))
  }

  function move(widget: Node | undefined, place: { readonly x: number; readonly y: number }): void {
    const properties = valueAt(widget, 'properties')
    // A trigger may have none.
    if (!properties) set(widget, 'properties', { offset: place })
    const offset = valueAt(properties, 'offset')
    if (!offset) set(properties, 'offset', place)
    for (const axis of ['x', 'y'] as const) {
      if (offset && valueOfNode(valueAt(offset, axis)) !== place[axis])
        set(offset, axis, place[axis])
    }
  }

  function printed(value: unknown, near: Node): string {
    return printJson(value, indentAt(text, near.start), unit)
  }

  function printAt(value: FlowState | FlowTransition, list: Node): string {
    const [first] = elementsOf(list)
    const at = first ? indentAt(text, first.start) : indentAt(text, list.start) + unit
    return printJson(value, at, unit)
  }
}
