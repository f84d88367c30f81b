import { defineSchema, type Problem, type Schema } from '../schemas/index.ts'
import type { ResourceDescription } from './description.ts'
import { createDirectory, type Names } from './names.ts'
import { isRecord, type Properties, unknownValue } from './values.ts'

const noNames = createDirectory()
const schemas = new WeakMap<ResourceDescription, Schema<ResourceDescription['inputs']>>()

/** What is wrong with the inputs, as far as they are known: each problem with its property and the remedy. */
export function checkInputs(
  resource: ResourceDescription,
  inputs: Properties,
  names: Names = noNames,
): readonly Problem[] {
  const schema = schemas.get(resource) ?? defineSchema(resource.token, resource.inputs)
  schemas.set(resource, schema)
  const present = presentOf(inputs)
  const atKnownPlace = atKnownPlaceOf(present)
  const problems = merge(schema.problems(present)).filter(atKnownPlace)
  // Only inputs of the right shape can be looked at more closely.
  if (problems.length > 0) return problems
  return (resource.check?.(present, names) ?? []).filter(atKnownPlace)
}

/** What may be a mistake in inputs that `checkInputs` lets pass. */
export function warningsAbout(
  resource: ResourceDescription,
  inputs: Properties,
  names: Names,
): readonly Problem[] {
  const present = presentOf(inputs)
  return (resource.warnings?.(present, names) ?? []).filter(atKnownPlaceOf(present))
}

// Pulumi keeps a null where a program wrote one; to a provider it says “not set”.
function presentOf(inputs: Properties): Properties {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== null))
}

// Nothing is said about what is not known yet.
function atKnownPlaceOf(inputs: Properties): (problem: Problem) => boolean {
  const hidden = unknownPaths(inputs)
  return ({ path }) => !hidden.some((place) => path === place || isBelow(path, place))
}

// A union that does not fit reports each of its members; the last one speaks for the whole.
function merge(problems: readonly Problem[]): readonly Problem[] {
  const byPath = new Map<string, Problem>()
  for (const problem of problems) {
    const { path, message } = problem
    if (!message.startsWith('must match a schema') || !byPath.has(path)) byPath.set(path, problem)
  }
  return [...byPath.values()]
}

function isBelow(path: string, place: string): boolean {
  return path.startsWith(`${place}.`) || path.startsWith(`${place}[`)
}

function unknownPaths(value: unknown, path = ''): string[] {
  if (value === unknownValue) return [path]
  if (Array.isArray(value)) {
    return value.flatMap((item, i) => unknownPaths(item, `${path}[${i}]`))
  }
  if (!isRecord(value)) return []
  return Object.entries(value).flatMap(([key, item]) =>
    unknownPaths(item, path ? `${path}.${key}` : key),
  )
}
