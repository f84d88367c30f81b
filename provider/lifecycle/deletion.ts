import type { HookContext, LiveWork, ResourceDescription } from '../description/description.ts'
import { parseId, pathOf } from '../description/identity.ts'
import type { Properties } from '../protocol/values.ts'
import type { TwilioClient } from '../requests/client.ts'
import { TwilioError } from '../requests/errors.ts'
import { unlessGone, whileYoung } from '../requests/late-reads.ts'
import { wait } from '../requests/retry.ts'
import { clear } from './clearing.ts'
import { certainLiveWorkIn, LiveWorkInTheWay, liveWorkBehind, NotDeleted } from './guard.ts'

/** An object that is to go. */
export type Deletion = {
  readonly resource: ResourceDescription
  readonly client: TwilioClient
  readonly id: string
  /** The last known properties. */
  readonly known: Properties
  /** It goes whatever goes on in it. */
  readonly force: boolean
  /** How long what keeps Twilio from deleting it may take to pass. */
  readonly patienceMs?: number | undefined
  /** Says in the engine's output what is waited for. */
  readonly say: (message: string) => Promise<void>
}

// What still refers to an object that is to go (a worker, a workflow) is usually on its way out itself.
const usualPatienceMs = 24_000
// Workers who are not on their way out would stay for hours.
const patienceWithWorkersMs = 10_000
const firstWaitMs = 250
const longestWaitMs = 4_000

/**
 * Deletes the object, or clears one that lasts; gone already is done, and what came with its parent is left to that. Throws
 * `LiveWorkInTheWay` when tasks, workers or calls would suffer.
 */
export async function remove(deletion: Deletion): Promise<void> {
  const { resource, client, known, force } = deletion
  if (resource.comesWithParent?.(known)) return
  const context = contextOf(deletion)
  if (resource.guard && !force) {
    const live = await certainLiveWorkIn(resource, context)
    if (live?.outlook === 'lasts') throw new LiveWorkInTheWay(resource, context.properties, live)
  }
  const patience = createPatience(deletion)
  for (;;) {
    try {
      if (force) await unlessGone(async () => resource.guard?.end?.(context))
      await unlessGone(() => whileYoung(client, known, () => deleteOnce(resource, context)))
      return
    } catch (error) {
      if (!isRefusal(error)) throw error
      const live = await liveWorkBehind(resource, context, error)
      const lasts = live?.outlook === 'lasts' && !force
      if (lasts || !resource.deleteWaits || !(await patience.goesOn(live))) {
        throw live
          ? new LiveWorkInTheWay(resource, context.properties, live, error)
          : await explained(resource, context, error)
      }
      if (live) await patience.say(`waits with its deletion: ${live.words}`)
      if (force) await live?.end?.()
    }
  }
}

/** What hooks about a deletion may use. */
export function contextOf({
  resource,
  client,
  id,
  known,
}: Pick<Deletion, 'resource' | 'client' | 'id' | 'known'>): HookContext {
  const { sids, sid } = parseId(resource, id)
  const path = pathOf(resource, client.accountSid, sids, sid)
  return { client, properties: { ...known, ...sids }, path }
}

async function deleteOnce(resource: ResourceDescription, context: HookContext): Promise<void> {
  const { client, path } = context
  await resource.beforeDelete?.(context)
  if (resource.delete) await resource.delete(context)
  else if (resource.lasting) await clear(resource, context)
  else await client.send({ method: 'DELETE', host: resource.host, path })
}

// Waits ever longer; as long as what is in the way gets less, from the start again.
function createPatience({ client: { signal }, patienceMs, say }: Deletion) {
  let waited = 0
  let next = firstWaitMs
  let least = Number.POSITIVE_INFINITY
  let said = false
  return {
    async goesOn(live: LiveWork | undefined): Promise<boolean> {
      if (live && live.count < least) {
        least = live.count
        waited = 0
      }
      const usualMs = live?.outlook === 'may go' ? patienceWithWorkersMs : usualPatienceMs
      const leftMs = (patienceMs ?? usualMs) - waited
      if (leftMs <= 0 || signal?.aborted) return false
      const ms = Math.min(next, leftMs)
      await wait(ms, signal)
      waited += ms
      next = Math.min(longestWaitMs, next * 2)
      return true
    },
    async say(message: string): Promise<void> {
      if (!said) await say(message)
      said = true
    },
  }
}

function isRefusal(error: unknown): error is TwilioError {
  return error instanceof TwilioError && [400, 409].includes(error.status)
}

async function explained(
  resource: ResourceDescription,
  context: HookContext,
  error: TwilioError,
): Promise<Error> {
  const reason = await resource.inTheWay?.(context)
  return reason === undefined ? error : new NotDeleted(resource, context.properties, reason, error)
}
