import type { AccountObject } from './find-objects.ts'

/** What an object is called in a program. */
export type ProgramName = {
  /** Its Pulumi name, unique among those of its type: `spanish-first-line`. */
  readonly resource: string
  /** The same as an identifier: `spanishFirstLine`. */
  readonly identifier: string
  /** The shortest identifier; others of its type may have the same. */
  readonly short: string
}

type Named = Pick<AccountObject, 'type' | 'id' | 'name' | 'called'>

/**
 * Gives each object a name that is unique in its type: its own; where several have that, its parent's before it; where that is not
 * enough, a number after it. `taken` are names that the type may not use any more.
 */
export function nameObjects<O extends Named>(
  objects: readonly O[],
  taken: (type: string, name: string) => boolean = () => false,
): ReadonlyMap<O, ProgramName> {
  const nameOfSid = new Map(objects.map(({ id, name }) => [lastOf(id), name]))
  const own = (object: O) => slugOf(object.name, object.type.name)
  const counts = countBy(objects, (object) => `${object.type.token} ${own(object)}`)
  const used = new Set<string>()
  const names = new Map<O, ProgramName>()
  for (const object of objects) {
    const { token, name: typeName } = object.type
    const parent = nameOfSid.get(object.id.split('/').at(-2) ?? '')
    const several = (counts.get(`${token} ${own(object)}`) ?? 0) > 1
    const base =
      several && parent !== undefined ? `${slugOf(parent, 'in')}-${own(object)}` : own(object)
    let resource = object.called ?? base
    const key = () => `${token} ${identifierOf(resource, typeName)}`
    for (let i = 2; used.has(key()) || taken(token, resource); i++) resource = `${base}-${i}`
    used.add(key())
    const short = identifierOf(own(object), typeName)
    names.set(object, { resource, identifier: identifierOf(resource, typeName), short })
  }
  return names
}

/** `Spanish, first line` → `spanish-first-line`; a name of no letters or digits, or a mere SID, becomes that of its type. */
export function slugOf(name: string, type: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  const isSid = /^[A-Z]{2}[0-9a-f]{32}$/.test(name)
  return slug === '' || isSid ? type.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase() : slug
}

/** `spanish-first-line` → `spanishFirstLine`; one that starts with a digit, or is a word of the language, gets a word before it. */
export function identifierOf(resource: string, type = 'object'): string {
  const camel = resource.replace(/-+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  if (!/^[0-9]/.test(camel) && !reserved.has(camel)) return camel
  const noun = /[A-Z][a-z]*$/.exec(type)?.[0] ?? 'Object'
  return `${noun.toLowerCase()}${camel.charAt(0).toUpperCase()}${camel.slice(1)}`
}

function lastOf(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1)
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1)
  return counts
}

// Words that no variable may be called by, and those that an exported program uses itself.
const reserved = new Set(
  `arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for
  function if implements import in instanceof interface let new null package private protected public return static super switch this
  throw true try typeof undefined var void while with yield async of
  config definition accountSid pulumi twilio constructor prototype`
    .split(/\s+/)
    .filter(Boolean),
)
