import { defineSchema, type Static, Type } from '../../schemas/index.ts'
import type { ResourceDescription } from '../description/description.ts'
import { ProviderError } from '../protocol/provider-error.ts'
import type { Properties } from '../protocol/values.ts'
import type { TwilioClient } from '../requests/client.ts'
import { unlessGone } from '../requests/late-reads.ts'
import { resourceOf } from '../resources.ts'
import { contextOf } from './deletion.ts'
import { liveWorkIn, warningOf } from './guard.ts'

/** Pulumi's protocol asks nothing before a deletion that is only planned. An engine that wants to know calls this function. */
export const deletionNotesToken = 'twilio:index:getDeletionNotes'

const planned = defineSchema(
  `arguments of ${deletionNotesToken}`,
  Type.Object({
    deletions: Type.Array(
      Type.Object({
        urn: Type.String(),
        type: Type.String(),
        id: Type.String(),
        properties: Type.Record(Type.String(), Type.Unknown()),
      }),
    ),
    // They follow now: nothing is asked, only what goes with its parent is left untold then.
    announce: Type.Optional(Type.Boolean()),
  }),
)

/** An object whose deletion is planned. */
export type PlannedDeletion = Static<typeof planned.json>['deletions'][number]

/** What there is to say about a planned deletion. */
export type DeletionNote = {
  readonly urn: string
  readonly severity: 'info' | 'warning'
  readonly message: string
  /** It would be refused as things are. */
  readonly blocks: boolean
}

/** The deletions that a call is about, and whether they follow at once. Throws `InvalidInput`. */
export function plannedDeletions(args: Properties): Static<typeof planned.json> {
  return planned.parse(args)
}

/** What goes on in objects that are to be deleted, and what deleting them leaves: each counted at Twilio. */
export async function deletionNotes(
  client: TwilioClient,
  deletions: readonly PlannedDeletion[],
  forced: boolean,
): Promise<readonly DeletionNote[]> {
  const going = new Set(deletions.map(({ id }) => id))
  const notes = await Promise.all(
    deletions.map(async (deletion) => {
      const resource = resourceOf(deletion.type)
      return [
        ...(await warningAbout(resource, client, deletion, going, forced)),
        ...remarkAbout(resource, deletion, deletions),
      ]
    }),
  )
  return notes.flat()
}

async function warningAbout(
  resource: ResourceDescription,
  client: TwilioClient,
  { urn, id, properties: known }: PlannedDeletion,
  going: ReadonlySet<string>,
  forced: boolean,
): Promise<readonly DeletionNote[]> {
  const force = forced || known['force'] === true
  try {
    const context = contextOf({ resource, client, id, known })
    const live = await liveWorkIn(resource, context, going)
    if (!live) {
      const message = await unlessGone(async () => resource.guard?.foresee?.(context, going))
      return message === undefined ? [] : [{ urn, severity: 'warning', message, blocks: false }]
    }
    const message = warningOf(resource, live, force)
    const blocks = !force && live.outlook !== 'ends'
    return [{ urn, severity: 'warning', message, blocks }]
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    const message = `what goes on in it could not be asked: ${error.message}`
    return [{ urn, severity: 'warning', message, blocks: false }]
  }
}

// What a part is left to goes itself, perhaps.
function remarkAbout(
  resource: ResourceDescription,
  deletion: PlannedDeletion,
  deletions: readonly PlannedDeletion[],
): readonly DeletionNote[] {
  const { urn, properties } = deletion
  const message = leftBy(resource, properties)
  if (message === undefined || goesWithParent(deletion, deletions)) return []
  return [{ urn, severity: 'info', message, blocks: false }]
}

type Going = Pick<PlannedDeletion, 'type' | 'id'>

/** Whether what the object is a part of is deleted as well, so that nothing is left to that. */
export function goesWithParent({ type, id }: Going, deletions: readonly Going[]): boolean {
  const [parent] = id.split('/')
  return deletions.some((other) => other.id === parent && (other.id !== id || other.type !== type))
}

/** What deleting leaves at Twilio, as a sentence. */
export function leftBy(resource: ResourceDescription, known: Properties): string | undefined {
  if (resource.leaves) return resource.leaves(known)
  return resource.lasting ? 'it is always there: cleared, not deleted' : undefined
}

/** What creating takes over instead of making it, as a sentence. */
export function takenOverBy(resource: ResourceDescription, inputs: Properties): string | undefined {
  if (resource.takesOver) return resource.takesOver(inputs)
  return resource.lasting ? 'it is always there: only set, and cleared on destroy' : undefined
}
