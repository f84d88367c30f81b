import type { HookContext, LiveWork, ResourceDescription } from './description.ts'
import { ProviderError } from './errors.ts'
import { unlessGone } from './late-reads.ts'
import { wait } from './retry.ts'
import type { Properties } from './values.ts'

// Statistics lag behind: what is found to go on is looked at once more.
const lookAgainMs = 500
const nothingGoes: ReadonlySet<string> = new Set()

/** Something goes on in an object, because of which it is not deleted unasked. */
export class LiveWorkInTheWay extends ProviderError {
  override readonly name = 'LiveWorkInTheWay'
  readonly code = 'live-work'
  /** How many tasks, workers or calls. */
  readonly count: number

  constructor(
    resource: ResourceDescription,
    known: Properties,
    { count, words }: LiveWork,
    cause?: unknown,
  ) {
    super(
      `${subjectOf(resource, known)} is not deleted: ${words}. ${remedyOf(resource)}, or force: true on the resource, deployed before it goes`,
      { cause },
    )
    this.count = count
  }
}

/** Twilio refuses to delete an object, for a reason that could be found out. */
export class NotDeleted extends ProviderError {
  override readonly name = 'NotDeleted'
  readonly code = 'not-deleted'

  constructor(resource: ResourceDescription, known: Properties, reason: string, cause: Error) {
    super(`${subjectOf(resource, known)} is not deleted: ${reason}. ${cause.message}`, { cause })
  }
}

/** What goes on in an object that is to be deleted, as far as its description asks. `going`: ids of what goes with it. */
export async function liveWorkIn(
  resource: ResourceDescription,
  context: HookContext,
  going: ReadonlySet<string> = nothingGoes,
): Promise<LiveWork | undefined> {
  const { guard } = resource
  if (!guard || resource.comesWithParent?.(context.properties)) return undefined
  return unlessGone(() => guard.count(context, going))
}

/** The same, certain of what would be a reason to refuse. */
export async function certainLiveWorkIn(
  resource: ResourceDescription,
  context: HookContext,
): Promise<LiveWork | undefined> {
  const live = await liveWorkIn(resource, context)
  if (live?.outlook !== 'lasts') return live
  await wait(lookAgainMs, context.client.signal)
  return liveWorkIn(resource, context)
}

/** What a plan has to say of it. */
export function warningOf(
  resource: ResourceDescription,
  { words, outlook }: LiveWork,
  force: boolean,
): string {
  if (force) return `${words}. It is deleted all the same, as force says: ${forcedOf(resource)}`
  switch (outlook) {
    case 'lasts':
      return `${words}. It is not deleted while that lasts. ${remedyOf(resource)}`
    case 'may go':
      return `${words}. It can’t be deleted before they have left it. ${remedyOf(resource)}`
    case 'ends':
      return `${words}: its deletion waits until that is over`
    default:
      throw new Error(`Unknown outlook ${outlook satisfies never}`)
  }
}

function remedyOf(resource: ResourceDescription): string {
  const remedy = resource.guard?.remedy ?? ''
  return `${remedy}; or delete it all the same, then ${forcedOf(resource)}: with TWILIO_FORCE=true in the environment of one run`
}

function forcedOf({ guard }: ResourceDescription): string {
  return guard?.forced ?? ''
}

// `TaskQueue “Spanish” (WQ…)`, as a person knows it.
function subjectOf({ token, identity }: ResourceDescription, known: Properties): string {
  const type = token.slice(token.lastIndexOf(':') + 1)
  const name = known[identity?.property ?? '']
  return `${type} ${name === undefined ? '' : `“${String(name)}” `}(${String(known['sid'])})`
}
