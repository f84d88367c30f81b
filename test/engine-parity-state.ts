import type { ResourceState } from '../local/engine/index.ts'
import { integrityProblem } from '../local/engine/state/integrity.ts'

/** Resources by URN (condemned ones marked), without what differs from run to run. */
export type NormalState = { readonly [urn: string]: unknown }

// When it was made and from which line of the program: of no account for what the state says.
const dropped = new Set(['created', 'modified', 'sourcePosition', 'stackTrace'])

/**
 * What an export says, comparable between runs: ids are replaced by whose they are, other SIDs by their kind, times by
 * a placeholder. `places` are further texts to replace, such as addresses.
 */
export function normaliseState(
  exported: string,
  places: Readonly<Record<string, string>> = {},
): NormalState {
  const resources = readResources(exported)
  const names = new Map<string, string>(Object.entries(places))
  for (const { urn, id, outputs } of resources) {
    if (id) names.set(id, `<id of ${urn}>`)
    const sid = outputs?.['sid']
    if (typeof sid === 'string') names.set(sid, `<sid of ${urn}>`)
  }
  // Long names first: an id may contain another.
  const order = [...names].sort(([a], [b]) => b.length - a.length)
  const replaceText = (text: string) =>
    order
      .reduce((result, [from, to]) => result.replaceAll(from, to), text)
      .replace(/\b([A-Z]{2})[0-9a-f]{32}\b/g, '<$1>')
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
      .replace(/\w{3}, \d\d \w{3} \d{4} [\d:]{8} \+0000/g, '<time>')
  const state: Record<string, unknown> = {}
  for (const resource of resources) {
    const kept = Object.entries(resource).filter(([field]) => !dropped.has(field))
    state[`${resource.urn}${resource.delete ? ' (delete)' : ''}`] = replace(
      Object.fromEntries(kept),
      replaceText,
    )
  }
  return state
}

/** What is wrong with the order of an exported state, undefined when nothing is. */
export function orderProblem(exported: string): string | undefined {
  return integrityProblem(readResources(exported))
}

function readResources(exported: string): readonly ResourceState[] {
  return JSON.parse(exported).deployment.resources ?? []
}

function replace(value: unknown, text: (value: string) => string): unknown {
  if (typeof value === 'string') return text(value)
  if (Array.isArray(value)) return value.map((item) => replace(item, text))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, sortedDependencies(key, replace(item, text))]),
  )
}

// Dependencies are a set; in which order the program's promises settled is chance.
function sortedDependencies(key: string, value: unknown): unknown {
  return key === 'dependencies' && Array.isArray(value) ? value.toSorted() : value
}
