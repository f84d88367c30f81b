import { EngineError, type Survey } from '../engine/index.ts'
import { type ResourceType, readPackageTypes } from './package-types.ts'

/** An object of the account. */
export type AccountObject = {
  readonly type: ResourceType
  readonly id: string
  readonly name: string
  /** What it is to be called in a program; absent: after its name. */
  readonly called?: string
  /** Whether the stack's state has it. */
  readonly managed: boolean
}

/** What there is in the account. */
export type AccountObjects = {
  readonly objects: readonly AccountObject[]
  /** Why objects of some types are not among them. */
  readonly unlisted: readonly string[]
  readonly types: readonly ResourceType[]
}

/** An object that a state records. */
export type Recorded = { readonly type: string; readonly id?: string; readonly urn: string }

/** Lists every type, without what came with a parent and is as it came. */
export async function findObjects(
  survey: Survey,
  recorded: readonly Recorded[] = survey.resources,
): Promise<AccountObjects> {
  const types = readPackageTypes(survey.schema)
  const known = new Set(recorded.map(({ type, id = '' }) => keyOf(type, id)))
  const unlisted: string[] = []
  const refused: unknown[] = []
  const found = await Promise.all(
    types.map(async (type) => {
      const listed = await survey.list(type.token, { untouched: false }).catch((error: unknown) => {
        // An account need not have every product, nor a key every right; the others are told all the same.
        if (!(error instanceof EngineError)) throw error
        refused.push(error)
        return `${type.token} could not be listed: ${error.message}`
      })
      if (typeof listed !== 'string') return listed.map((object) => ({ type, ...object }))
      unlisted.push(listed)
      return []
    }),
  )
  if (refused.length > 0 && refused.length === types.length) throw refused[0]
  return {
    types,
    unlisted,
    // Twilio's order tells nothing; by name, one export is like the next.
    objects: found
      .flatMap((listed) =>
        listed.toSorted((a, b) => compare(a.name, b.name) || compare(a.id, b.id)),
      )
      .map((object) => ({ ...object, managed: known.has(keyOf(object.type.token, object.id)) })),
  }
}

function compare(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}

function keyOf(type: string, id: string): string {
  return `${type} ${id}`
}
