import { sameValue } from '../property-diff.ts'
import { isRecord } from '../values.ts'

const mostNamed = 8

/** Which widgets have another place on the canvas, which means nothing to a caller: a sentence, or none. */
export function notesOfCanvas(before: unknown, after: unknown): readonly string[] {
  const olds = placesOf(before)
  const moved = [...placesOf(after)]
    .filter(([name, place]) => olds.has(name) && !sameValue(olds.get(name), place))
    .map(([name]) => name)
  if (moved.length === 0) return []
  const few = moved.slice(0, mostNamed).join(', ')
  const more = moved.length > mostNamed ? ` and ${moved.length - mostNamed} more` : ''
  return [`only moved on the canvas: ${few}${more}`]
}

function placesOf(definition: unknown): ReadonlyMap<string, unknown> {
  const states = isRecord(definition) ? definition['states'] : undefined
  const places = new Map<string, unknown>()
  for (const state of Array.isArray(states) ? states : []) {
    const { name, properties } = isRecord(state) ? state : {}
    const offset = isRecord(properties) ? properties['offset'] : undefined
    if (typeof name === 'string' && isRecord(offset)) places.set(name, offset)
  }
  return places
}
