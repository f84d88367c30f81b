import type { ResourceType } from '../package-types.ts'

// What every exported file may use itself.
const used = ['pulumi', 'twilio', 'config', 'accountSid', 'definition']

/** What objects of a type may be called together, the shortest first: `queues`, `taskQueues`, `taskrouterTaskQueues`. */
export function groupNames(type: ResourceType, among: readonly ResourceType[]): readonly string[] {
  const { module, name } = type
  const full = `${module}${name}`
  const nouns = isShared(type, among) ? [full] : [lastWord(name), name, full]
  return nouns.map((noun) => plural(lower(noun)))
}

/** What the only object of a type is called: `workspace`, or `messagingService` where others have services too. */
export function singleNames(type: ResourceType, among: readonly ResourceType[]): readonly string[] {
  const { module, name } = type
  return isShared(type, among) ? [`${module}${name}`] : [singleName(name), `${module}${name}`]
}

function isShared({ module, name }: ResourceType, among: readonly ResourceType[]): boolean {
  return among.some((other) => other.name === name && other.module !== module)
}

/** A name as a variable. */
export function singleName(name: string): string {
  const camel = lower(name).replace(/-+(\w)/g, (_, letter: string) => letter.toUpperCase())
  return /^[0-9]/.test(camel) ? `file${camel}` : camel
}

/** The first of the candidates that is free, or the last one with a number; it is taken from then on. */
export function uniqueIn(taken: Set<string>, candidates: readonly string[]): string {
  const free = (name: string) => !taken.has(name) && !used.includes(name)
  let name = candidates.find(free)
  const [last = 'object'] = candidates.slice(-1)
  for (let i = 2; name === undefined; i++) if (free(`${last}${i}`)) name = `${last}${i}`
  taken.add(name)
  return name
}

function lastWord(name: string): string {
  return /[A-Z][a-z]*$/.exec(name)?.[0] ?? name
}

function lower(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}

function plural(noun: string): string {
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`
  return /(s|x|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`
}
