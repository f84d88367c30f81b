import { type Widget, widgets, widgetTypes } from '../../../schemas/index.ts'
import { isSid } from '../objects/sid.ts'
import { isObject } from '../rest/json-parameter.ts'
import type { Inspection } from './findings.ts'

/** Checks one state of a definition: its type, the properties and events of that type, and where it leads. */
export function checkState(
  path: string,
  state: unknown,
  names: ReadonlySet<unknown>,
  inspection: Inspection,
): void {
  if (!inspection.is(path, state, 'object') || !isObject(state)) return
  const { type, name, properties } = state
  const isTrigger = type === 'trigger'
  if (!isTrigger || name !== undefined) {
    if (inspection.is(`${path}/name`, name, 'string') && name === '') {
      inspection.report(`${path}/name`, 'must be at least 1 characters long')
    }
  }
  const widget = widgetOf(`${path}/type`, type, inspection)
  if (!isTrigger || properties !== undefined) {
    const known = inspection.is(`${path}/properties`, properties, 'object')
    if (known && isObject(properties) && widget) {
      checkProperties(`${path}/properties`, properties, widget, inspection)
      if (type === 'run-subflow') checkSubflow(`${path}/properties`, properties, inspection)
    }
  }
  const transitions = state['transitions']
  if (!inspection.is(`${path}/transitions`, transitions, 'array')) return
  for (const [index, transition] of (transitions as readonly unknown[]).entries()) {
    checkTransition(`${path}/transitions/${index}`, transition, widget, names, inspection)
  }
}

function widgetOf(path: string, type: unknown, inspection: Inspection): Widget | undefined {
  if (!inspection.is(path, type, 'string')) return undefined
  const name = String(type)
  if (!widgetTypes.includes(name)) {
    inspection.report(path, `does not have a value in the enumeration [${widgetTypes.join(', ')}]`)
  }
  return widgets[name]
}

function checkProperties(
  path: string,
  properties: Readonly<Record<string, unknown>>,
  { required, properties: types, choices }: Widget,
  inspection: Inspection,
): void {
  for (const name of required) {
    if (properties[name] === undefined) {
      inspection.report(`${path}/${name}`, 'is missing but it is required')
    }
  }
  for (const [name, value] of Object.entries(properties)) {
    const type = types[name]
    // What it does not know, Studio lets pass: `offset` of every widget is such a property.
    const fits = type && inspection.is(`${path}/${name}`, value, type)
    const known = choices[name]
    if (!fits || !known || known.includes(String(value)) || isTemplate(value)) continue
    const message = `does not have a value in the enumeration [${known.join(', ')}]`
    inspection.report(`${path}/${name}`, message)
  }
}

function isTemplate(value: unknown): boolean {
  return /\{[{%]/.test(String(value))
}

function checkSubflow(
  path: string,
  { flow_sid: sid }: Readonly<Record<string, unknown>>,
  inspection: Inspection,
): void {
  if (typeof sid === 'string' && !isSid('FW', sid)) {
    inspection.report(`${path}/flow_sid`, 'must be a valid, non-liquid flow sid')
  }
}

function checkTransition(
  path: string,
  transition: unknown,
  widget: Widget | undefined,
  names: ReadonlySet<unknown>,
  inspection: Inspection,
): void {
  if (!inspection.is(path, transition, 'object') || !isObject(transition)) return
  const { event, next, conditions } = transition
  if (inspection.is(`${path}/event`, event, 'string') && widget) {
    if (!widget.events.includes(String(event))) {
      for (const known of widget.events) {
        inspection.report(`${path}/event`, `must be a constant value ${known}`)
      }
    }
  }
  // A branch that ends has no `next`, an empty one, or null.
  if (next !== undefined && next !== null && next !== '') {
    const isName = inspection.is(`${path}/next`, next, 'string')
    if (isName && !names.has(next)) inspection.report(`${path}/next`, 'must match a widget name')
  }
  if (conditions === undefined || !inspection.is(`${path}/conditions`, conditions, 'array')) return
  for (const [index, condition] of (conditions as readonly unknown[]).entries()) {
    checkCondition(`${path}/conditions/${index}`, condition, inspection)
  }
}

function checkCondition(path: string, condition: unknown, inspection: Inspection): void {
  if (!inspection.is(path, condition, 'object') || !isObject(condition)) return
  for (const name of ['friendly_name', 'type', 'value']) {
    inspection.is(`${path}/${name}`, condition[name], 'string')
  }
  const texts = condition['arguments']
  if (!inspection.is(`${path}/arguments`, texts, 'array')) return
  for (const [index, text] of (texts as readonly unknown[]).entries()) {
    inspection.is(`${path}/arguments/${index}`, text, 'string')
  }
}
