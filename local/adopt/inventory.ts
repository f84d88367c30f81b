import type { Survey } from '../engine/index.ts'
import { type AccountObject, findObjects, type Recorded } from './find-objects.ts'
import type { IgnoreList } from './ignore-list.ts'
import { shortName } from './package-types.ts'
import { nameObjects } from './resource-names.ts'

/** What a stack and an account do not have in common. */
export type Inventory = {
  /** In the account, and not in the stack. */
  readonly unmanaged: readonly {
    readonly type: string
    readonly name: string
    readonly id: string
    /** The command that adopts it. */
    readonly adopt: string
  }[]
  /** In the stack, and gone from the account. */
  readonly gone: readonly { readonly urn: string; readonly id: string }[]
  /** How many objects are in both. */
  readonly managed: number
  readonly ignored: number
  /** Lines of the ignore list that fit no object any more. */
  readonly unusedRules: readonly string[]
  /** Types that can't be listed, and why. */
  readonly unlisted: readonly string[]
}

/** Compares the account with the stack's state, or with another one. */
export async function takeInventory(
  survey: Survey,
  ignoreList: IgnoreList,
  recorded: readonly Recorded[] = survey.resources,
  importCommand = 'pulumi import',
): Promise<Inventory> {
  const { objects, unlisted, types } = await findObjects(survey, recorded)
  const others = objects.filter(({ managed }) => !managed)
  const wanted = others.filter((object) => !ignoreList.ignores(object))
  const known = new Set(types.map(({ token }) => token))
  const seen = new Set(objects.map(({ type, id }) => `${type.token} ${id}`))
  const names = nameObjects(wanted, takenBy(recorded))
  return {
    unmanaged: wanted.map((object) =>
      describe(object, `${importCommand} ${object.type.token} ${names.get(object)?.resource}`),
    ),
    gone: await goneFrom(
      survey,
      recorded.filter(({ type, id = '' }) => known.has(type) && !seen.has(`${type} ${id}`)),
    ),
    managed: objects.length - others.length,
    ignored: others.length - wanted.length,
    unusedRules: ignoreList.unused(),
    unlisted,
  }
}

/** The inventory as a person reads it. */
export function renderInventory(inventory: Inventory, stack: string, ignoreFile: string): string {
  const { unmanaged, gone, managed, ignored, unusedRules, unlisted } = inventory
  const blocks: string[] = []
  for (const [type, objects] of Map.groupBy(unmanaged, (object) => object.type)) {
    const lines = objects.map(({ name, id, adopt }) => `  ${name}  ${id}\n    ${adopt}`)
    blocks.push([type, ...lines].join('\n'))
  }
  const counted = `${unmanaged.length} ${unmanaged.length === 1 ? 'object is' : 'objects are'} in the account and not in ${stack}; ${managed} are in both${ignored > 0 ? `, ${ignored} ignored by ${ignoreFile}` : ''}.`
  blocks.push(counted)
  if (unmanaged.length > 0) {
    blocks.push(
      `To adopt one, run its line. To adopt all: npm run export, which writes a program and an import file.\nTo ignore one, write its type and its id or name in a line of ${ignoreFile}.`,
    )
  }
  if (gone.length > 0) {
    const lines = gone.map(({ urn, id }) => `  ${urn}  ${id}`)
    blocks.push(
      [
        'In the stack, and gone from the account (the next up makes them anew after a refresh):',
        ...lines,
      ].join('\n'),
    )
  }
  if (unusedRules.length > 0) {
    const lines = unusedRules.map((line) => `  ${line}`)
    blocks.push([`Lines of ${ignoreFile} that fit nothing any more:`, ...lines].join('\n'))
  }
  if (unlisted.length > 0) blocks.push(['Not looked at:', ...unlisted].join('\n  '))
  return blocks.join('\n\n')
}

function describe({ type, name, id }: AccountObject, command: string) {
  return { type: shortName(type), name, id, adopt: `${command} ${id}` }
}

// Lists leave out what is untouched, and may lag behind: what is missing in them is asked for by its id.
async function goneFrom(survey: Survey, missing: readonly Recorded[]): Promise<Inventory['gone']> {
  const found = await Promise.all(
    missing.map(async ({ type, id = '', urn }) =>
      (await survey.read(type, id)) ? [] : [{ urn, id }],
    ),
  )
  return found.flat()
}

function takenBy(recorded: readonly Recorded[]): (type: string, name: string) => boolean {
  const taken = new Set(
    recorded.map(({ type, urn }) => `${type} ${urn.split('::').slice(3).join('::')}`),
  )
  return (type, name) => taken.has(`${type} ${name}`)
}
