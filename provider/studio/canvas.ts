import { sameValue } from '../comparison/property-diff.ts'
import { isRecord } from '../protocol/values.ts'
import { canonicalDefinition } from './canonical-definition.ts'

const mostNamed = 8

/** Which widgets have another place on the canvas and are otherwise the same, which means nothing to a caller: a sentence, or none. */
export function notesOfCanvas(before: unknown, after: unknown): readonly string[] {
  const [olds, news] = [before, after].map(placesOf)
  const moved = [...(news ?? [])]
    .filter(([name, place]) => olds?.has(name) && !sameValue(olds.get(name), place))
    .map(([name]) => name)
  if (moved.length === 0) return []
  const [were, are] = [before, after].map(widgetsOf)
  const only = moved.filter((name) => sameValue(were?.get(name), are?.get(name)))
  if (only.length === 0) return []
  const few = only.slice(0, mostNamed).join(', ')
  const more = only.length > mostNamed ? ` and ${only.length - mostNamed} more` : ''
  return [`only moved on the canvas: ${few}${more}`]
}

function placesOf(definition: unknown): ReadonlyMap<string, unknown> {
  const places = new Map<string, unknown>()
  for (const [name, state] of widgetsIn(definition)) {
    const properties = state['properties']
    const offset = isRecord(properties) ? properties['offset'] : undefined
    if (isRecord(offset)) places.set(name, offset)
  }
  return places
}

// What a widget does.
function widgetsOf(definition: unknown): ReadonlyMap<string, unknown> {
  return widgetsIn(canonicalDefinition(definition))
}

function widgetsIn(definition: unknown): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
  const states = isRecord(definition) ? definition['states'] : undefined
  const widgets = (Array.isArray(states) ? states : []).filter(isRecord)
  return new Map(widgets.map((state) => [String(state['name']), state]))
}
