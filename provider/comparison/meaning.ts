import type { ResourceDescription } from '../description/description.ts'
import { isRecord, type Properties, unknownValue } from '../protocol/values.ts'
import { defaultOf, membersOf } from '../requests/wire.ts'
import { sameValue } from './property-diff.ts'

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

/**
 * Inputs after a refresh: what the program set, as it is now; what it never mentioned stays out. `known` are the outputs before.
 */
export function refreshedInputs(
  resource: ResourceDescription,
  inputs: Properties,
  live: Properties,
  known: Properties = {},
): Properties {
  const kept = new Set([...(resource.localOnly ?? []), ...(resource.createOnly ?? [])])
  const seen: Record<string, unknown> = {}
  for (const [name, declared] of Object.entries(inputs)) {
    const same = sameValue(
      canonical(resource, name, live[name]),
      canonical(resource, name, declared),
    )
    const corrected =
      resource.corrected?.includes(name) && isSet(live[name]) && sameValue(live[name], known[name])
    const stays = same || corrected || kept.has(name) || !(name in live)
    const value = stays ? declared : refreshedValue(resource, name, declared, live[name])
    if (value !== undefined) seen[name] = value
  }
  return seen
}

/** Inputs after an import: what is not at its default, as a program would write it. */
export function importedInputs(resource: ResourceDescription, live: Properties): Properties {
  const left = new Set([...(resource.localOnly ?? []), ...(resource.createOnly ?? [])])
  const seen: Record<string, unknown> = {}
  for (const name of Object.keys(resource.inputs.properties)) {
    const value = resource.nested?.[name] ? ownMembers(resource, name, live[name]) : live[name]
    if (left.has(name) || !isSet(value) || sameValue(value, defaultOf(resource, name))) continue
    seen[name] = value
  }
  return seen
}

/** What only the creation told, as it is known since. */
export function toldOnce(resource: ResourceDescription, known: Properties): Properties {
  const names = (resource.toldOnce ?? []).filter((name) => isSet(known[name]))
  return Object.fromEntries(names.map((name) => [name, known[name]]))
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
  const formOf = (text: unknown) => formAt(resource, name, text)
  const form = resource.nested?.[name] ? nestedForm(resource, name, value) : formOf(value)
  return sameValue(form, isSet(usual) ? formOf(usual) : usual) ? undefined : form
}

/** Whether a property says anything; null says “not set”. */
export function isSet(value: unknown): boolean {
  return value !== undefined && value !== null
}

// Where members travel one by one, one that the program never mentioned stays out as well.
function refreshedValue(
  resource: ResourceDescription,
  name: string,
  declared: unknown,
  live: unknown,
): unknown {
  if (!resource.nested?.[name] || !isRecord(declared) || !isRecord(live)) return live
  const mentioned = Object.keys(declared).filter((member) => isSet(live[member]))
  return Object.fromEntries(mentioned.map((member) => [member, live[member]]))
}

// The path is a property's name, or that of a member of a nested one.
function formAt(resource: ResourceDescription, path: string, value: unknown): unknown {
  const form = resource.canonical?.[path]?.(value) ?? value
  if (!resource.set?.includes(path) || !Array.isArray(form)) return form
  return [...new Set(form)].sort()
}

// The members that are not at their defaults; undefined when all are.
function ownMembers(resource: ResourceDescription, name: string, value: unknown): unknown {
  if (!isRecord(value)) return value
  const schemas = membersOf(resource, name)
  const own = Object.entries(value).filter(
    ([member, said]) => !sameValue(said, schemas[member]?.['default']),
  )
  return own.length === 0 ? undefined : Object.fromEntries(own)
}

function nestedForm(resource: ResourceDescription, name: string, value: unknown): unknown {
  if (!isRecord(value)) return value
  const schemas = membersOf(resource, name)
  const forms = Object.entries(value).flatMap(([member, said]) => {
    const formOf = (text: unknown) => formAt(resource, `${name}.${member}`, text)
    const usual: unknown = schemas[member]?.['default']
    const form = isSet(said) ? formOf(said) : undefined
    const saysNothing = (form === '' && !isSet(usual)) || sameValue(form, formOf(usual))
    return saysNothing ? [] : [[member, form]]
  })
  return forms.length === 0 ? undefined : Object.fromEntries(forms)
}
