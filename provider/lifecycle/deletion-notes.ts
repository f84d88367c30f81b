import { defineSchema, type Static, Type } from '../../schemas/index.ts'
import type { ResourceDescription } from '../description/description.ts'
import { ProviderError } from '../protocol/provider-error.ts'
import type { Properties } from '../protocol/values.ts'
import type { TwilioClient } from '../requests/client.ts'
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

/** The deletions that a call is about. Throws `InvalidInput`. */
export function plannedDeletions(args: Properties): readonly PlannedDeletion[] {
  return planned.parse(args).deletions
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
    const live = await liveWorkIn(resource, contextOf({ resource, client, id, known }), going)
    if (!live) return []
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
  const { urn, id, properties } = deletion
  const message = leftBy(resource, properties)
  const [parent] = id.split('/')
  const parentGoes = deletions.some((other) => other !== deletion && other.id === parent)
  if (message === undefined || parentGoes) return []
  return [{ urn, severity: 'info', message, blocks: false }]
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
