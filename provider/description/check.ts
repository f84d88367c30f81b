import { closestName } from '../../routing/index.ts'
import { defineSchema, type Problem, type Schema } from '../../schemas/index.ts'
import { isRecord, type Properties, unknownValue } from '../protocol/values.ts'
import { membersOf } from '../requests/wire.ts'
import { createDirectory, type Names } from '../words/names.ts'
import type { ResourceDescription } from './description.ts'

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
  const problems = merge(schema.problems(present))
    .filter(atKnownPlace)
    .map((problem) => withMeantName(resource, problem))
    .map((problem) => withMeantChoice(present, problem))
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

// A property that is not known is most often a misspelt one.
function withMeantName(resource: ResourceDescription, problem: Problem): Problem {
  const { path, message } = problem
  const [name = '', member, ...deeper] = path.split('.')
  if (!message.startsWith('is not known here') || deeper.length > 0) return problem
  const known = member === undefined ? resource.inputs.properties : membersOf(resource, name)
  const meant = closestName(member ?? name, Object.keys(known))
  if (meant === undefined) return problem
  return { ...problem, message: `is not known here; did you mean “${meant}”?` }
}

// The same for one of a long list of choices.
function withMeantChoice(inputs: Properties, { path, message }: Problem): Problem {
  const list = /^must be one of (\[.*?\])/.exec(message)?.[1]
  if (list === undefined) return { path, message }
  const value = path
    .split(/[.[\]]+/)
    .filter((key) => key !== '')
    .reduce<unknown>((inner, key) => (Object(inner) as Properties)[key], inputs)
  const choices = JSON.parse(list) as readonly string[]
  const meant = closestName(String(value), choices)
  const hint =
    meant === undefined ? `choose one of ${choices.join(', ')}` : `did you mean “${meant}”?`
  return { path, message: `can’t be “${String(value)}”; ${hint}` }
}

// A union that does not fit reports each of its members: choices are told together, of others the last one speaks for the whole.
function merge(problems: readonly Problem[]): readonly Problem[] {
  const byPath = new Map<string, Problem>()
  for (const problem of problems) {
    const { path, message } = problem
    const before = byPath.get(path)
    const choice = choiceOf(message)
    if (before && choice !== undefined && choiceOf(before.message) !== undefined) {
      byPath.set(path, { path, message: `${before.message} or ${choice}` })
    } else if (!message.startsWith('must match a schema') || !before) byPath.set(path, problem)
  }
  return [...byPath.values()]
}

function choiceOf(message: string): string | undefined {
  return /^must be (".*")$/.exec(message)?.[1]
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
