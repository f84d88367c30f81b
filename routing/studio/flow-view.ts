import { flowSchema, mostWidgets } from '../../schemas/index.ts'
import type { Place, Report } from './flow-problem.ts'

/** A flow whose shape has been looked at: what is misshapen is reported, and left out. */
export type FlowView = { readonly widgets: readonly WidgetView[]; readonly start: string }

/** A widget of it. */
export type WidgetView = Required<Place> & {
  readonly name: string
  readonly type: string
  readonly properties: Readonly<Record<string, unknown>>
  readonly exits: readonly ExitView[]
}

/** Where a widget may lead. */
export type ExitView = Required<Place> & {
  readonly event: string
  /** Empty: the flow ends here. */
  readonly next: string
  readonly conditions: readonly ConditionView[] | undefined
}

/** What a branch asks. */
export type ConditionView = Required<Place> & {
  readonly type: string
  readonly value: string
  readonly texts: readonly string[]
}

type Fields = Readonly<Record<string, unknown>>

const ofOneName = 'give it the form that Studio exports'

/** Reads a definition; undefined when nothing can be read. */
export function readFlow(definition: unknown, report: Report): FlowView | undefined {
  const head = fieldsOf({ path: '' }, definition, report)
  if (!head) return undefined
  checkHead(head, report)
  const states = listOf({ path: 'states' }, head['states'], report)
  if (states?.length === 0) {
    report.error({ path: 'states' }, 'has no widget', 'a flow has a trigger at least')
  }
  if (states && states.length > mostWidgets) {
    const message = `has ${states.length} widgets, and executions of more than ${mostWidgets} fail`
    report.error({ path: 'states' }, message, 'move a part to a flow of its own')
  }
  const start = textOf({ path: 'initial_state' }, head['initial_state'], report)
  if (!states) return undefined
  const widgets = states.flatMap((state, i) => readWidget(`states[${i}]`, state, report) ?? [])
  return { widgets, start: start ?? '' }
}

function checkHead({ $schema, description, flags }: Fields, report: Report): void {
  if ($schema !== undefined && $schema !== flowSchema) {
    const message = 'names another schema than Studio has'
    report.error({ path: '$schema' }, message, `leave it out, or write ${flowSchema}`)
  }
  if (description !== undefined) textOf({ path: 'description' }, description, report)
  if (flags === undefined) return
  const path = 'flags.allow_concurrent_calls'
  const allow = fieldsOf({ path: 'flags' }, flags, report)?.['allow_concurrent_calls']
  if (typeof allow !== 'boolean') report.error({ path }, 'is not said', 'write true or false')
}

function readWidget(path: string, state: unknown, report: Report): WidgetView | undefined {
  const fields = fieldsOf({ path }, state, report)
  if (!fields) return undefined
  const isTrigger = fields['type'] === 'trigger'
  const named = typeof fields['name'] === 'string' ? fields['name'] : undefined
  const widget = named ?? (isTrigger ? 'Trigger' : undefined)
  const at = (below: string): Place => ({ path: `${path}.${below}`, widget })
  const name =
    isTrigger && fields['name'] === undefined
      ? 'Trigger'
      : textOf(at('name'), fields['name'], report)
  const type = textOf(at('type'), fields['type'], report)
  const properties =
    isTrigger && fields['properties'] === undefined
      ? {}
      : fieldsOf(at('properties'), fields['properties'], report)
  const exits = listOf(at('transitions'), fields['transitions'], report)
  if (name === undefined || type === undefined) return undefined
  return {
    path,
    widget: name,
    name,
    type,
    properties: properties ?? {},
    exits: (exits ?? []).flatMap(
      (exit, i) =>
        readExit({ path: `${path}.transitions[${i}]`, widget: name }, exit, report) ?? [],
    ),
  }
}

function readExit(place: Required<Place>, exit: unknown, report: Report): ExitView | undefined {
  const fields = fieldsOf(place, exit, report)
  if (!fields) return undefined
  const at = (below: string): Place => ({ ...place, path: `${place.path}.${below}` })
  const event = textOf(at('event'), fields['event'], report)
  const { next, conditions } = fields
  // A branch that ends has no `next`, an empty one, or null.
  const target = next === undefined || next === null ? '' : textOf(at('next'), next, report)
  if (event === undefined || target === undefined) return undefined
  const list = conditions === undefined ? undefined : listOf(at('conditions'), conditions, report)
  const read = list?.flatMap((condition, i) => {
    const path = `${place.path}.conditions[${i}]`
    return readCondition({ ...place, path }, condition, report) ?? []
  })
  return { ...place, event, next: target, conditions: read }
}

function readCondition(
  place: Required<Place>,
  condition: unknown,
  report: Report,
): ConditionView | undefined {
  const fields = fieldsOf(place, condition, report)
  if (!fields) return undefined
  const at = (below: string): Place => ({ ...place, path: `${place.path}.${below}` })
  const [, type, value] = ['friendly_name', 'type', 'value'].map((name) =>
    textOf(at(name), fields[name], report),
  )
  const list = listOf(at('arguments'), fields['arguments'], report)
  const texts = list?.map((text, i) => textOf(at(`arguments[${i}]`), text, report) ?? '')
  if (type === undefined || value === undefined || !texts) return undefined
  return { ...place, type, value, texts }
}

function fieldsOf(place: Place, value: unknown, report: Report): Fields | undefined {
  return is(place, value, 'object', report) ? (value as Fields) : undefined
}

function listOf(place: Place, value: unknown, report: Report): readonly unknown[] | undefined {
  return is(place, value, 'array', report) ? (value as readonly unknown[]) : undefined
}

function textOf(place: Place, value: unknown, report: Report): string | undefined {
  return is(place, value, 'string', report) ? String(value) : undefined
}

/** Whether a value is there and of that JSON type; else that is reported. */
export function is(place: Place, value: unknown, type: string, report: Report): boolean {
  const found = jsonTypeOf(value)
  if (found === type) return true
  const message = value === undefined ? 'is missing' : `is ${article(found)}`
  report.error(place, message, value === undefined ? ofOneName : `write ${article(type)}`)
  return false
}

function jsonTypeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value
}

function article(type: string): string {
  if (type === 'null') return 'null'
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`
}
