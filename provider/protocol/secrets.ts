import type { Problem } from '../../schemas/index.ts'
import type { ResourceDescription } from '../description/description.ts'
import { isGuarded, isRecord, type Properties } from './values.ts'

/** The properties that are secrets: those that were marked so, that the description knows to be, and addresses with credentials. */
export function secretsOf(
  resource: ResourceDescription,
  properties: Properties,
  marked: ReadonlySet<string> = new Set(),
): ReadonlySet<string> {
  const { secrets = [], secretWhen } = resource
  const guarded = Object.keys(properties).filter((name) => isGuarded(properties[name]))
  return new Set([...marked, ...secrets, ...(secretWhen?.(properties) ?? []), ...guarded])
}

/** The properties that may be spoken of. */
export function openOf(properties: Properties, secrets: ReadonlySet<string>): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !secrets.has(name)))
}

/** The problems that are not about secrets: a warning may quote what it is about. */
export function outside(
  secrets: ReadonlySet<string>,
  problems: readonly Problem[],
): readonly Problem[] {
  return problems.filter((problem) => !isAbout(secrets, problem))
}

/** The problems; what refuses a secret says where, and leaves out what it quotes. */
export function withoutQuotes(
  secrets: ReadonlySet<string>,
  problems: readonly Problem[],
): readonly Problem[] {
  return problems.map((problem) => {
    if (!isAbout(secrets, problem)) return problem
    const [line = ''] = problem.message.split('\n')
    return { ...problem, message: line.replace(/“[^”]*”|"[^"]*"/g, '[secret]') }
  })
}

/** What the work gives; what it throws does not quote these secrets, even where Twilio quotes what it was sent. */
export async function hushed<T>(
  properties: Properties,
  secrets: ReadonlySet<string>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Error) {
      const texts = [...secrets].flatMap((name) => textsIn(properties[name]))
      for (const text of texts) {
        error.message = error.message.replaceAll(text, '[secret]')
        error.stack = error.stack?.replaceAll(text, '[secret]')
      }
    }
    throw error
  }
}

// A word as short as POST is no secret, whatever it stands beside.
const shortest = 6

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.length < shortest ? [] : [value]
  if (Array.isArray(value)) return value.flatMap(textsIn)
  return isRecord(value) ? Object.values(value).flatMap(textsIn) : []
}

function isAbout(secrets: ReadonlySet<string>, { path }: Problem): boolean {
  return secrets.has(path.split(/[.[]/)[0] ?? '')
}
