import type { ResourceDescription } from './description.ts'
import { sameValue } from './property-diff.ts'
import { type Properties, unknownValue } from './values.ts'
import { defaultOf } from './wire.ts'

/** Outputs say what is: the live value where Twilio answered one, in the declared spelling where that means the same. */
export function outputsOf(
  resource: ResourceDescription,
  inputs: Properties,
  live: Properties,
): Properties {
  const outputs: Record<string, unknown> = { ...live }
  for (const [name, declared] of Object.entries(inputs)) {
    if (!isSet(declared)) continue
    const same = sameValue(
      canonical(resource, name, live[name]),
      canonical(resource, name, declared),
    )
    if (same || !isSet(live[name])) outputs[name] = declared
  }
  return outputs
}

/** Inputs after a refresh: what the program set, as it is now; what it never mentioned stays out. */
export function refreshedInputs(
  resource: ResourceDescription,
  inputs: Properties,
  live: Properties,
): Properties {
  const kept = new Set([...(resource.localOnly ?? []), ...(resource.createOnly ?? [])])
  const seen: Record<string, unknown> = {}
  for (const [name, declared] of Object.entries(inputs)) {
    const same = sameValue(
      canonical(resource, name, live[name]),
      canonical(resource, name, declared),
    )
    const value = same || kept.has(name) || !(name in live) ? declared : live[name]
    if (value !== undefined) seen[name] = value
  }
  return seen
}

/** Inputs after an import: what is not at its default, as a program would write it. */
export function importedInputs(resource: ResourceDescription, live: Properties): Properties {
  const left = new Set([...(resource.localOnly ?? []), ...(resource.createOnly ?? [])])
  const seen: Record<string, unknown> = {}
  for (const name of Object.keys(resource.inputs.properties)) {
    const value = live[name]
    if (left.has(name) || !isSet(value) || sameValue(value, defaultOf(resource, name))) continue
    seen[name] = value
  }
  return seen
}

/** The inputs, with the schema's defaults where the program says nothing. */
export function withDefaults(resource: ResourceDescription, inputs: Properties): Properties {
  const values: Record<string, unknown> = {}
  for (const name of Object.keys(resource.inputs.properties)) {
    const value = isSet(inputs[name]) ? inputs[name] : defaultOf(resource, name)
    if (value !== undefined) values[name] = value
  }
  return values
}

/** The form in which two spellings of one meaning are equal; a default means the same as nothing. */
export function canonical(resource: ResourceDescription, name: string, value: unknown): unknown {
  const usual = defaultOf(resource, name)
  if (!isSet(value) || (value === '' && usual === undefined)) return undefined
  if (value === unknownValue) return value
  const formOf = (text: unknown) => resource.canonical?.[name]?.(text) ?? text
  const form = formOf(value)
  return sameValue(form, isSet(usual) ? formOf(usual) : usual) ? undefined : form
}

/** Whether a property says anything; null says “not set”. */
export function isSet(value: unknown): boolean {
  return value !== undefined && value !== null
}
