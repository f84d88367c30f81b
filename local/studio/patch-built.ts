import { isDeepStrictEqual } from 'node:util'
import type { FlowDefinition } from '../../schemas/index.ts'
import { branchSource, widgetSource } from './builder-words.ts'
import { type FlowChange, formerNames } from './flow-changes.ts'
import { patchBranches } from './patch-branches.ts'
import { escapedForTemplate, printKey, printText, printTypeScript } from './print-value.ts'
import {
  type Expression,
  isList,
  type Node,
  type ObjectExpression,
  propertyOf,
  readModule,
  type SourceTree,
  valueAt,
} from './source-tree.ts'
import { staticValue } from './static-value.ts'
import { createTextEdits, indentAt } from './text-edits.ts'

/** A built flow with the changes made that could be. */
export type PatchedModule = {
  readonly text: string
  /** Where the source is more than values: somebody has to make these. */
  readonly left: readonly FlowChange[]
}

/** Changes the module of a built flow. `before` is what it builds now: a value is only replaced where that is what it says. */
export function patchBuilt(
  source: string,
  name: string,
  before: FlowDefinition,
  changes: readonly FlowChange[],
): PatchedModule {
  const tree = readModule(source, name)
  if (!tree) return { text: source, left: changes }
  const edits = createTextEdits(source)
  const widgets = valueAt(tree.root, 'widgets')
  const former = formerNames(changes)
  const left = changes.filter((change) => !make(change))
  return { text: edits.apply(), left }

  function make(change: FlowChange): boolean {
    const widget = 'widget' in change ? objectOf(change.widget) : undefined
    switch (change.kind) {
      case 'description':
        return set(tree?.root, 'description', change.value)
      case 'concurrent':
        return set(tree?.root, 'allowConcurrentCalls', change.value)
      case 'add': {
        const { type } = change.state
        if (widgets?.type !== 'ObjectExpression' || type === 'trigger') return false
        return add(widgets as ObjectExpression, change.widget, widgetSource(change.state), true)
      }
      case 'remove': {
        const property = propertyOf(widgets, change.widget)
        if (!property || !isList(widgets)) return false
        edits.remove(widgets, property)
        return true
      }
      case 'rename': {
        const property = propertyOf(widgets, change.before)
        if (!property) return false
        edits.replace(property.key, printKey(change.widget))
        return true
      }
      case 'replace':
        if (!widget) return false
        edits.replace(widget, print(widgetSource(change.state), widget))
        return true
      case 'property':
        // A trigger has none.
        if (change.widget === 'Trigger') return false
        return (
          setProperty(widget, change.widget, change.name, change.value) &&
          (change.name !== 'input' || keepBranches(widget, change.widget))
        )
      case 'exit':
        return lead(widget, change.event, change.next)
      case 'branches':
        return branch(widget, change)
      case 'move':
        return set(widget, 'at', [change.place.x, change.place.y])
      default:
        throw new Error(`No change is called ${String(change satisfies never)}`)
    }
  }

  function objectOf(name: string): ObjectExpression | undefined {
    const widget = former.get(name) ?? name
    const node = widget === 'Trigger' ? valueAt(tree?.root, 'trigger') : valueAt(widgets, widget)
    return node?.type === 'ObjectExpression' ? node : undefined
  }

  function setProperty(
    widget: ObjectExpression | undefined,
    name: string,
    key: string,
    value: unknown,
  ): boolean {
    const node = valueAt(widget, key)
    if (!node) return set(widget, key, simplePairs(value))
    const said = known(node)
    const built = before.states.find((state) => state.name === name)?.properties[key]
    // Where it does not say what it builds, replacing it would lose what it does.
    if (!said || !isDeepStrictEqual(pairsOf(said.value), pairsOf(built))) return false
    if (typeof value !== 'string') return set(widget, key, simplePairs(value))
    edits.replace(node, textLike(node, value))
    return true
  }

  function set(object: Node | undefined, key: string, value: unknown): boolean {
    if (object?.type !== 'ObjectExpression') return false
    const property = propertyOf(object, key)
    // What it is spread from may say it too.
    if (!property && hasSpread(object as ObjectExpression)) return false
    if (property && value === undefined) edits.remove(object as ObjectExpression, property)
    else if (property) edits.replace(property.value, print(value, property))
    else if (value !== undefined) return add(object as ObjectExpression, key, value)
    return true
  }

  function add(object: ObjectExpression, key: string, value: unknown, onLines = false): boolean {
    const [first] = object.properties
    const indent = first ? indentAt(source, first.start) : `${indentAt(source, object.start)}  `
    const name = `${printKey(key)}: `
    const wide = onLines && JSON.stringify(value).length > 60 ? 100 : indent.length + name.length
    edits.add(object, name + printTypeScript(value, indent, wide))
    return true
  }

  function lead(widget: ObjectExpression | undefined, event: string, next: string | undefined) {
    const on = valueAt(widget, 'on')
    if (on) return set(on, event, next)
    // Several at once would each bring an object of their own.
    const others = changes.filter(
      (one) => one.kind === 'exit' && objectOf(one.widget) === widget && one.next !== undefined,
    )
    const exits = others.flatMap((one) => (one.kind === 'exit' ? [[one.event, one.next]] : []))
    if (others.findIndex((one) => one.kind === 'exit' && one.event === event) > 0) return true
    return set(widget, 'on', Object.fromEntries(exits))
  }

  function branch(
    widget: ObjectExpression | undefined,
    change: Pick<Extract<FlowChange, { kind: 'branches' }>, 'before' | 'after' | 'widget'>,
  ): boolean {
    const on = valueAt(widget, 'on')
    const list = valueAt(on, 'match')
    const was = String(known(valueAt(widget, 'input'))?.value ?? '')
    const input = { before: was, after: inputAfter(change.widget, was) }
    if (list) return patchBranches(source, edits, list, { ...change, input })
    const match = change.after.map((one) => branchSource(one, input.after))
    return on ? set(on, 'match', match) : set(widget, 'on', { match })
  }

  function inputAfter(widget: string, before: string): string {
    const changed = changes.find(
      (one) => one.kind === 'property' && one.widget === widget && one.name === 'input',
    )
    return changed?.kind === 'property' ? String(changed.value ?? '') : before
  }

  // Branches follow the input, unless they are changed themselves: those of the console have not.
  function keepBranches(widget: ObjectExpression | undefined, name: string): boolean {
    const isChanged = changes.some((one) => one.kind === 'branches' && one.widget === name)
    const state = before.states.find((one) => one.name === name)
    const branches = state?.transitions.filter(({ event }) => event === 'match') ?? []
    if (isChanged || branches.length === 0) return true
    return branch(widget, { widget: name, before: branches, after: branches })
  }

  function known(node: Node | undefined) {
    return staticValue(node, tree as SourceTree)
  }

  function print(value: unknown, near: Node): string {
    const indent = indentAt(source, near.start)
    const line = source.lastIndexOf('\n', near.start) + 1
    return printTypeScript(value, indent, near.start - line + 20)
  }

  // JSON stays JSON, and a template keeps the constants that it names.
  function textLike(node: Expression, text: string): string {
    if (node.type === 'CallExpression' && node.callee.type === 'Identifier') {
      const value = jsonObject(text)
      if (value) return `json(${print(value, node)})`
    }
    if (node.type !== 'TemplateLiteral') return printText(text)
    const names = node.expressions.flatMap((part) => {
      const value = known(part)?.value
      return typeof value === 'string' && value !== ''
        ? [[value, source.slice(part.start, part.end)] as const]
        : []
    })
    const kept = names.filter(([value]) => text.includes(value))
    if (kept.length === 0) return printText(text)
    const pieces = text.split(new RegExp(`(${kept.map(([value]) => literal(value)).join('|')})`))
    const code = new Map(kept)
    return `\`${pieces.map((piece, i) => (i % 2 === 0 ? escapedForTemplate(piece) : `\${${code.get(piece)}}`)).join('')}\``
  }
}

function hasSpread({ properties }: ObjectExpression): boolean {
  return properties.some(({ type }) => type === 'SpreadElement')
}

function jsonObject(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    // It is no JSON any more: a text then.
    return undefined
  }
}

// Keys and values as Studio lists them.
function pairsOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const list = Array.isArray(value)
    ? value
    : Object.entries(value).map(([key, item]) => ({ key, value: item }))
  return list.map((item) => (typeof item === 'object' && item ? { type: 'string', ...item } : item))
}

// As the builder takes them, where no entry has a type.
function simplePairs(value: unknown): unknown {
  if (!Array.isArray(value) || value.length === 0) return value
  const plain = value.every(
    (item) =>
      typeof item === 'object' &&
      item !== null &&
      typeof item.key === 'string' &&
      typeof item.value === 'string' &&
      (item.type === undefined || item.type === 'string'),
  )
  return plain ? Object.fromEntries(value.map(({ key, value: text }) => [key, text])) : value
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
