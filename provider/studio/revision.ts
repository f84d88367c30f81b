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
  const { client, path, known, properties } = context
  if (known) {
    const live = await client.send({ method: 'GET', host: resource.host, path })
    // Also after an update whose answer was lost: saving it once more would only add a revision.
    if (live && isAsDeclared(resource, properties, live)) return live
    refuseUnseen(resource, context, live ?? {})
  }
  await validate(resource, context)
  return undefined
}

/** What a refresh says of a revision that came from elsewhere. */
export function newsOfRevision(known: Properties, live: Properties): readonly string[] {
  const [seen, now] = [known['revision'], live['revision']]
  if (typeof seen !== 'number' || typeof now !== 'number' || now <= seen) return []
  return [`${aboutRevision(live)}; the last that this stack knew of is revision ${seen}`]
}

function refuseUnseen(
  resource: ResourceDescription,
  { known = {}, properties, path }: WriteContext,
  live: Answer,
): void {
  const [seen, now] = [known['revision'], live['revision']]
  if (typeof seen !== 'number' || typeof now !== 'number' || now <= seen) return
  if (properties['overwriteUnseenRevision'] === true) return
  const { author_sid: authorSid, commit_message: commitMessage, date_updated: dateUpdated } = live
  const about = aboutRevision({ ...live, authorSid, commitMessage, dateUpdated })
  const id = path.slice(path.lastIndexOf('/') + 1)
  throw new UnseenRevision(resource.token, id, now, seen, about)
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
