import type { HookContext, LiveWork } from '../description/description.ts'
import type { Answer } from '../requests/client.ts'
import { unlessGone } from '../requests/late-reads.ts'
import { parentPath, unavailableActivity } from './workspace-roles.ts'

const host = 'taskrouter.twilio.com'
const mostNames = 5

/** The workers in an activity, but for those that are deleted with it. */
export async function countWorkers(
  context: HookContext,
  going: ReadonlySet<string>,
): Promise<LiveWork | undefined> {
  const workspace = String(context.properties['workspaceSid'])
  const workers = await workersIn(context)
  const staying = workers.filter(({ sid }) => !going.has(`${workspace}/${String(sid)}`))
  const count = staying.length
  if (count === 0) return undefined
  const names = staying.slice(0, mostNames).map((row) => String(row['friendly_name']))
  const more = count > mostNames ? ` and ${count - mostNames} more` : ''
  return {
    count,
    words: `${count} ${count === 1 ? 'worker is' : 'workers are'} in it (${names.join(', ')}${more})`,
    outlook: 'may go',
  }
}

/** Moves the workers in an activity to one without work. */
export async function moveWorkers(context: HookContext): Promise<void> {
  const { client, properties } = context
  const path = parentPath(properties)
  const workers = await workersIn(context)
  if (workers.length === 0) return
  const activitySid = await unavailableActivity(client, path, properties['sid'])
  if (activitySid === undefined) return
  const parameters = { ActivitySid: activitySid, RejectPendingReservations: true }
  await Promise.all(
    workers.map(({ sid }) =>
      unlessGone(() =>
        client.send({ method: 'POST', host, path: `${path}/Workers/${String(sid)}`, parameters }),
      ),
    ),
  )
}

function workersIn({ client, properties }: HookContext): Promise<readonly Answer[]> {
  const parameters = { ActivitySid: String(properties['sid']), PageSize: 1000 }
  return client.list({ host, path: `${parentPath(properties)}/Workers`, parameters }, 'workers')
}
