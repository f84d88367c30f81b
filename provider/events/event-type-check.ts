import { closestName } from '../../routing/index.ts'
import { eventFamilies, eventSchemas, eventTypes, type Problem } from '../../schemas/index.ts'
import { isRecord, unknownValue } from '../protocol/values.ts'

/** What makes a set of event types impossible: of a family that is known, every type is known. */
export function refusals(types: unknown): readonly Problem[] {
  return [...each(types, refusal), ...contradictions(types)]
}

/** What this provider can't judge: families and schemas that are newer than it. */
export function doubts(types: unknown): readonly Problem[] {
  return each(types, doubt)
}

function refusal(type: string): Said {
  const known = eventTypes.get(type)
  if (known?.status === 'discontinued') {
    return say('is discontinued, Twilio sends no such event any more: take it out')
  }
  if (known) return undefined
  const meant = closestName(type, eventTypes.keys())
  const suggestion = meant === undefined ? '' : `; did you mean “${meant}”?`
  if (!type.startsWith('com.twilio.')) {
    return say(`“${type}” is no event type: they begin with com.twilio.${suggestion}`)
  }
  const family = familyOf(type)
  if (family === undefined) return undefined
  const there = [...eventTypes.keys()].filter((name) => name.startsWith(`${family}.`))
  const names = there.map((name) => name.slice(family.length + 1)).join(', ')
  return say(`there is no event type “${type}”${suggestion || `; ${family} has ${names}`}`)
}

function doubt(type: string, version: unknown): Said {
  const known = eventTypes.get(type)
  if (!known) {
    if (familyOf(type) !== undefined) return undefined
    const meant = closestName(type, eventTypes.keys())
    const suggestion = meant === undefined ? '' : ` Did you mean “${meant}”?`
    return say(
      `“${type}” is of no family that this provider knows; Twilio refuses it at the deployment if there is none.${suggestion}`,
    )
  }
  if (known.status === 'deprecated') return say(`“${type}” is deprecated by Twilio`)
  const latest = eventSchemas.get(known.schemaId)?.latestVersion ?? 1
  if (typeof version !== 'number' || version <= latest) return undefined
  return {
    member: 'schemaVersion',
    message: `the latest schema of “${type}” that this provider knows is ${latest}, not ${version}`,
  }
}

function contradictions(types: unknown): readonly Problem[] {
  const versions = new Map<unknown, number>()
  return items(types).flatMap((item, i): readonly Problem[] => {
    const { type, schemaVersion } = item
    if (typeof schemaVersion !== 'number') return []
    const other = versions.get(type)
    versions.set(type, schemaVersion)
    if (other === undefined || other === schemaVersion || type === unknownValue) return []
    const message = `“${String(type)}” is here with schema ${other} and schema ${schemaVersion}: name one`
    return [{ path: `types[${i}].schemaVersion`, message }]
  })
}

function familyOf(type: string): string | undefined {
  return eventFamilies.find((family) => type.startsWith(`${family}.`))
}

type Said = { readonly member: string; readonly message: string } | undefined

function say(message: string): Said {
  return { member: 'type', message }
}

function each(types: unknown, judge: (type: string, version: unknown) => Said): Problem[] {
  return items(types).flatMap(({ type, schemaVersion }, i) => {
    if (typeof type !== 'string' || type === unknownValue) return []
    const said = judge(type, schemaVersion)
    return said ? [{ path: `types[${i}].${said.member}`, message: said.message }] : []
  })
}

// Places stay as they are in the program, also beside an item that is not known yet.
function items(types: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(types) ? types.map((item) => (isRecord(item) ? item : {})) : []
}
