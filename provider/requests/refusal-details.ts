import { isRecord } from '../protocol/values.ts'
import type { Parameter } from './client.ts'

/**
 * What Twilio's refusal of a document says in its details, a line each. Studio points at `#/states/3/properties/timeout`; the
 * document that was sent tells which widget that is.
 */
export function describeDetails(
  details: unknown,
  parameters: Readonly<Record<string, Parameter>> = {},
): readonly string[] {
  const errors = isRecord(details) ? details['errors'] : undefined
  if (!Array.isArray(errors)) return []
  const document = parse(parameters['Definition'])
  const byPlace = new Map<string, string[]>()
  for (const error of errors) {
    if (!isRecord(error)) continue
    const { message, property_path: path } = error
    const place = typeof path === 'string' ? placeOf(path, document) : ''
    byPlace.set(place, [...(byPlace.get(place) ?? []), String(message)])
  }
  return [...byPlace].map(([place, messages]) =>
    [place, messages.join(', or ')].filter((part) => part !== '').join(': '),
  )
}

function placeOf(pointer: string, document: unknown): string {
  const parts = pointer.split('/').slice(1)
  const path = parts.map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`)).join('')
  const name = nameOf(parts, document)
  const whole = `definition${path}`
  return name === undefined ? whole : `${name} (${whole})`
}

function nameOf([list, index]: readonly string[], document: unknown): string | undefined {
  const states = isRecord(document) ? document['states'] : undefined
  if (list !== 'states' || !Array.isArray(states)) return undefined
  const state: unknown = states[Number(index)]
  return isRecord(state) && typeof state['name'] === 'string' ? state['name'] : undefined
}

function parse(text: unknown): unknown {
  if (typeof text !== 'string') return undefined
  try {
    return JSON.parse(text)
  } catch {
    // Whatever was sent: the places are told as they came.
    return undefined
  }
}
