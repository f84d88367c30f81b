import { isSecret, type PropertyMap, type Survey, unwrapSecrets } from '../engine/index.ts'
import { type AccountObject, findObjects, type Recorded } from './find-objects.ts'
import type { IgnoreList } from './ignore-list.ts'
import type { ResourceType } from './package-types.ts'
import { sidsIn } from './program/references.ts'

/** An object that a program declares, or looks up because something declared refers to it. */
export type Item = {
  readonly type: ResourceType
  readonly id: string
  /** The last of the SIDs that the id consists of. */
  readonly sid: string
  readonly name: string
  /** What it is to be called in the program; absent: after its name. */
  readonly called?: string
  /** As an import brings them in, secrets in the clear. */
  readonly inputs: PropertyMap
  /** Which of them are secrets. */
  readonly secrets: ReadonlySet<string>
  /** Outputs that say where the object is: text → name. Others may mention them instead of the SID. */
  readonly addresses: ReadonlyMap<string, string>
  /** Declared, or only looked up: it is in the stack already, or ignored. */
  readonly declared: boolean
}

/** What is collected, and with which exceptions. */
export type CollectOptions = {
  /** Whether what the stack manages is declared too. */
  readonly all: boolean
  readonly ignoreList: IgnoreList
  readonly recorded: readonly Recorded[]
  /** Only this object, under this name. */
  readonly only?: { readonly type: string; readonly id: string; readonly called: string }
}

/** What an export consists of. */
export type Collection = {
  readonly items: readonly Item[]
  /** How many objects the stack has already. */
  readonly managed: number
  readonly ignored: number
  readonly unlisted: readonly string[]
}

/** Reads everything that is to be declared, and what that refers to. */
export async function collect(survey: Survey, options: CollectOptions): Promise<Collection> {
  const { all, ignoreList, recorded, only } = options
  const { objects, types, unlisted } = await findObjects(survey, recorded)
  const others = objects.filter(({ managed }) => all || !managed)
  const wanted = new Set(
    only
      ? types
          .filter(({ token }) => token === only.type)
          .map((type) => ({ ...only, type, name: only.called, managed: false }))
      : others.filter((object) => !ignoreList.ignores(object)),
  )
  const items = await readAll(survey, [...wanted], true)
  const referred = await collectReferred(survey, { types, objects, wanted, recorded, all }, items)
  return {
    items: [...items, ...referred],
    managed: objects.length - others.length,
    ignored: others.length - wanted.size,
    unlisted,
  }
}

type Known = {
  readonly types: readonly ResourceType[]
  readonly objects: readonly AccountObject[]
  readonly wanted: ReadonlySet<AccountObject>
  readonly recorded: readonly Recorded[]
  readonly all: boolean
}

// What came with a workspace is only of interest where something refers to it; so is what the stack has already.
async function collectReferred(
  survey: Survey,
  { types, objects, wanted, recorded, all }: Known,
  items: readonly Item[],
): Promise<readonly Item[]> {
  const managedIds = new Set(recorded.map(({ type, id = '' }) => `${type} ${id}`))
  const known = new Set(items.filter(({ type }) => type.hasSid).map(({ sid }) => sid))
  const found: Item[] = []
  let everything: readonly AccountObject[] | undefined
  let open = items
  while (open.length > 0) {
    const missing = new Set(
      open.flatMap(({ inputs }) => sidsIn(inputs)).filter((sid) => !known.has(sid)),
    )
    if (missing.size === 0) break
    const isMissing = ({ type, id }: AccountObject) => type.hasSid && missing.has(lastOf(id))
    const here = objects.filter((object) => !wanted.has(object) && isMissing(object))
    everything ??= await listEverything(survey, types)
    const seen = new Set(objects.map(({ type, id }) => `${type.token} ${id}`))
    const untouched = everything.filter(
      (object) => isMissing(object) && !seen.has(`${object.type.token} ${object.id}`),
    )
    const adopted = untouched.filter(
      ({ type, id }) =>
        (all || !managedIds.has(`${type.token} ${id}`)) &&
        items.some(({ sid, declared }) => declared && sid === id.split('/')[0]),
    )
    const lookedUp = [...here, ...untouched.filter((object) => !adopted.includes(object))].filter(
      ({ type }) => type.lookUp,
    )
    open = [...(await readAll(survey, adopted, true)), ...(await readAll(survey, lookedUp, false))]
    for (const sid of missing) known.add(sid)
    found.push(...open)
  }
  return found
}

async function listEverything(
  survey: Survey,
  types: readonly ResourceType[],
): Promise<readonly AccountObject[]> {
  const lists = await Promise.all(
    types.map(async (type) => {
      const listed = await survey.list(type.token)
      if (typeof listed === 'string') return []
      return listed.map((object) => ({ type, ...object, managed: false }))
    }),
  )
  return lists.flat()
}

async function readAll(
  survey: Survey,
  objects: readonly AccountObject[],
  declared: boolean,
): Promise<readonly Item[]> {
  const items = await Promise.all(
    objects.map(async ({ type, id, name, called }): Promise<Item[]> => {
      const read = await survey.read(type.token, id)
      // Deleted since it was listed.
      if (!read) return []
      // In the order in which the schema, and so the documentation, has them.
      const known = [...type.inputs].flatMap((property) => {
        const value = read.inputs[property]
        return value === undefined || value === null ? [] : [[property, value] as const]
      })
      const inputs = unwrapSecrets(Object.fromEntries(known))
      // A secret within a document is looked for where that is written.
      const wrapped = known.filter(([, value]) => isSecret(value))
      const secrets = new Set([...type.secrets, ...wrapped.map(([property]) => property)])
      const sid = lastOf(id)
      const addresses = new Map(
        Object.entries(read.outputs).flatMap(([output, value]) =>
          typeof value === 'string' && value !== sid && value !== id && value.includes(sid)
            ? [[value, output] as const]
            : [],
        ),
      )
      return [{ type, id, sid, name, called, inputs, addresses, secrets, declared }]
    }),
  )
  return items.flat()
}

function lastOf(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1)
}
