import type { HookContext, LiveWork, ResourceDescription } from '../description/description.ts'
import { ProviderError } from '../protocol/provider-error.ts'
import type { Properties } from '../protocol/values.ts'
import type { TwilioError } from '../requests/errors.ts'
import { unlessGone } from '../requests/late-reads.ts'
import { wait } from '../requests/retry.ts'

// Statistics lag behind: what is found to go on is looked at once more.
const lookAgainMs = 500
const nothingGoes: ReadonlySet<string> = new Set()

/** Something goes on in an object, because of which it is not deleted unasked. */
export class LiveWorkInTheWay extends ProviderError {
  override readonly name = 'LiveWorkInTheWay'
  readonly code = 'live-work'
  /** How many tasks, workers or calls. */
  readonly count: number

  constructor(resource: ResourceDescription, known: Properties, live: LiveWork, cause?: unknown) {
    const run = 'With TWILIO_FORCE=true in the environment of one run'
    const always = 'or force: true on the resource, deployed before'
    super(
      `${subjectOf(resource, known)} is not deleted: ${live.words}. ${remedyFor(resource, live)}. ${run}, ${always}, it is, and ${forcedOf(resource)}`,
      { cause },
    )
    this.count = live.count
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

/** What is in the way of a deletion that Twilio has refused. */
export async function liveWorkBehind(
  resource: ResourceDescription,
  context: HookContext,
  refusal: TwilioError,
): Promise<LiveWork | undefined> {
  const live = await certainLiveWorkIn(resource, context)
  return live ?? unlessGone(async () => resource.guard?.countRefused?.(context, refusal))
}

/** What a plan has to say of it. */
export function warningOf(resource: ResourceDescription, live: LiveWork, force: boolean): string {
  const { words, outlook } = live
  if (force) return `${words}; it is deleted all the same, as force says, and ${forcedOf(resource)}`
  const otherwise = `${remedyFor(resource, live)}. With TWILIO_FORCE=true it is, and ${forcedOf(resource)}`
  switch (outlook) {
    case 'lasts':
      return `${words}, so it is not deleted. ${otherwise}`
    case 'may go':
      return `${words}, so it can’t be deleted yet. ${otherwise}`
    case 'ends':
      return `${words}: its deletion waits until that is over`
    default:
      throw new Error(`Unknown outlook ${outlook satisfies never}`)
  }
}

function remedyFor({ guard }: ResourceDescription, live: LiveWork): string {
  return live.remedy ?? guard?.remedy ?? ''
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
