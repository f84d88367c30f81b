import { isAsDeclared } from '../creation/likeness.ts'
import type { ResourceDescription, WriteContext } from '../description/description.ts'
import type { Properties } from '../protocol/values.ts'
import type { Answer } from '../requests/client.ts'
import { TwilioError, TwilioUnreachable } from '../requests/errors.ts'
import { toParameters } from '../requests/wire.ts'
import { UnseenRevision } from './unseen-revision.ts'

// Whether the service is there shows soon; the write that follows is validated too.
const triesToValidate = 3

/** What the flow says is held against the live one before it is written; the live flow if that says the same already. */
export async function beforeWrite(
  resource: ResourceDescription,
  context: WriteContext,
): Promise<Answer | undefined> {
  const done = await lookAtLive(resource, context)
  if (done) return done
  await validate(resource, context)
  // That takes a moment, in which somebody may have saved.
  return lookAtLive(resource, context)
}

/**
 * Warns of what somebody else saved between the last look at the flow and the write: Studio takes every write, and tells only by
 * the number of the revision that another one came before it.
 */
export async function afterWrite(
  resource: ResourceDescription,
  { client, path, known = {}, properties, warn }: WriteContext,
  written: Answer,
): Promise<void> {
  const [seen, now] = [known['revision'], written['revision']]
  if (typeof seen !== 'number' || typeof now !== 'number') return
  if (properties['overwriteUnseenRevision'] === true) return
  for (let number = seen + 1; number < now; number++) {
    const saved = await unlessUnreadable(() =>
      client.send({ method: 'GET', host: resource.host, path: `${path}/Revisions/${number}` }),
    )
    // An earlier try of this very write, whose answer was lost.
    if (saved && isAsDeclared(resource, properties, saved)) continue
    // A revision never changes, so Twilio tells only when it was made.
    const when = saved?.['date_updated'] ?? saved?.['date_created']
    const about = saved
      ? aboutRevision({ ...inCamelCase(saved), dateUpdated: when })
      : `revision ${number} was saved`
    await warn(
      `${about} in the moment of this update, which wrote over it as revision ${now}. Studio keeps it among the revisions of the flow: take over from there what is missing`,
    )
  }
}

/** What a refresh says of a revision that came from elsewhere. */
export function newsOfRevision(known: Properties, live: Properties): readonly string[] {
  const [seen, now] = [known['revision'], live['revision']]
  if (typeof seen !== 'number' || typeof now !== 'number' || now <= seen) return []
  return [`${aboutRevision(live)}; the last that this stack knew of is revision ${seen}`]
}

// Also after an update whose answer was lost: saving it once more would only add a revision.
async function lookAtLive(
  resource: ResourceDescription,
  context: WriteContext,
): Promise<Answer | undefined> {
  const { client, path, known, properties } = context
  if (!known) return undefined
  const live = await client.send({ method: 'GET', host: resource.host, path })
  if (live && isAsDeclared(resource, properties, live)) return live
  refuseUnseen(resource, context, live ?? {})
  return undefined
}

function refuseUnseen(
  resource: ResourceDescription,
  { known = {}, properties, path }: WriteContext,
  live: Answer,
): void {
  const [seen, now] = [known['revision'], live['revision']]
  if (typeof seen !== 'number' || typeof now !== 'number' || now <= seen) return
  if (properties['overwriteUnseenRevision'] === true) return
  const id = path.slice(path.lastIndexOf('/') + 1)
  throw new UnseenRevision(resource.token, id, now, seen, aboutRevision(inCamelCase(live)))
}

function inCamelCase(live: Answer): Properties {
  const { author_sid: authorSid, commit_message: commitMessage, date_updated: dateUpdated } = live
  return { ...live, authorSid, commitMessage, dateUpdated }
}

// The update is done, whatever becomes of a question about it.
async function unlessUnreadable(
  ask: () => Promise<Answer | undefined>,
): Promise<Answer | undefined> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof TwilioUnreachable || error instanceof TwilioError) return undefined
    throw error
  }
}

// Twilio names a user only where one saved it in the console.
function aboutRevision(flow: Properties): string {
  const { revision, status, authorSid, dateUpdated, commitMessage } = flow
  const by = typeof authorSid === 'string' ? authorSid : 'somebody else'
  const at = typeof dateUpdated === 'string' ? ` at ${dateUpdated}` : ''
  const why = typeof commitMessage === 'string' && commitMessage ? ` (“${commitMessage}”)` : ''
  return `revision ${String(revision)} (${String(status)}) was saved by ${by}${at}${why}`
}

async function validate(
  resource: ResourceDescription,
  { client, properties, warn }: WriteContext,
): Promise<void> {
  const { host, collection } = resource
  const names = ['friendlyName', 'status', 'definition']
  try {
    await client.send({
      method: 'POST',
      host,
      path: `${collection}/Validate`,
      parameters: toParameters(resource, properties, names),
      tries: triesToValidate,
    })
  } catch (error) {
    if (!isDown(error)) throw error
    await warn(
      `The flow could not be validated before it is written, and is written all the same: Twilio checks it again then. ${error.message}`,
    )
  }
}

function isDown(error: unknown): error is Error {
  return error instanceof TwilioUnreachable || (error instanceof TwilioError && error.status >= 500)
}
