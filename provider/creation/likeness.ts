import { canonical, isSet } from '../comparison/meaning.ts'
import { asWholes } from '../comparison/owned-keys.ts'
import { sameValue } from '../comparison/property-diff.ts'
import type { ResourceDescription } from '../description/description.ts'
import type { Properties } from '../protocol/values.ts'
import type { Answer } from '../requests/client.ts'
import { defaultOf, fromAnswer, sentInputs } from '../requests/wire.ts'
import { digestOf } from './digest.ts'

/** Whether everything that Twilio tells of the object is as the program says, or at its default. */
export function isAsDeclared(
  resource: ResourceDescription,
  inputs: Properties,
  row: Answer,
): boolean {
  const live = fromAnswer(resource, row, inputs)
  return comparedNames(resource, inputs).every((name) => isSame(resource, name, live, inputs))
}

/** The same, but what Twilio may have written in its own way says nothing: for an object that was made just now. */
export function cameOf(resource: ResourceDescription, inputs: Properties, row: Answer): boolean {
  const live = fromAnswer(resource, row, inputs)
  return certainNames(resource, inputs).every((name) => isSame(resource, name, live, inputs))
}

/** What `wasDeclared` needs later on. Of secrets not even a digest is kept. */
export function declaredDigests(
  resource: ResourceDescription,
  inputs: Properties,
  secrets: ReadonlySet<string>,
): Readonly<Record<string, string>> {
  const hidden = new Set([...secrets, ...(resource.secrets ?? [])])
  return Object.fromEntries(
    certainNames(resource, inputs)
      .filter((name) => !hidden.has(name))
      .map((name) => [name, digestOf(canonical(resource, name, inputs[name]))]),
  )
}

/** `isAsDeclared`, for inputs of which only the digests are left. `inputs` are those of today. */
export function wasDeclared(
  resource: ResourceDescription,
  declared: Readonly<Record<string, string>>,
  inputs: Properties,
  row: Answer,
): boolean {
  const live = fromAnswer(resource, row, asWholes(resource, inputs))
  return Object.entries(declared).every(
    ([name, digest]) =>
      !(name in live) || digestOf(canonical(resource, name, live[name])) === digest,
  )
}

// What an answer does not tell can't differ.
function isSame(
  resource: ResourceDescription,
  name: string,
  live: Properties,
  inputs: Properties,
): boolean {
  if (!(name in live)) return true
  return sameValue(canonical(resource, name, live[name]), canonical(resource, name, inputs[name]))
}

function certainNames(resource: ResourceDescription, inputs: Properties): readonly string[] {
  const doubtful = new Set([...(resource.corrected ?? []), ...(resource.setAfterwards ?? [])])
  return comparedNames(resource, inputs).filter((name) => !doubtful.has(name))
}

function comparedNames(resource: ResourceDescription, inputs: Properties): readonly string[] {
  const ignored = new Set(resource.createOnly ?? [])
  return sentInputs(resource).filter(
    (name) =>
      !ignored.has(name) && (isSet(inputs[name]) || defaultOf(resource, name) !== undefined),
  )
}
