import type { Properties } from '../protocol/values.ts'
import type { Answer, TwilioClient } from '../requests/client.ts'

/** The activities that have a role in a workspace, by SID. */
export type Roles = { readonly defaultActivitySid: unknown; readonly timeoutActivitySid: unknown }

const host = 'taskrouter.twilio.com'

/** Path of the workspace that an object belongs to. */
export function parentPath({ workspaceSid }: Properties): string {
  return `/v1/Workspaces/${encodeURIComponent(String(workspaceSid))}`
}

/** Who has the roles now. */
export async function rolesOf(client: TwilioClient, workspacePath: string): Promise<Roles> {
  const workspace = await client.send({ method: 'GET', host, path: workspacePath })
  return {
    defaultActivitySid: workspace?.['default_activity_sid'],
    timeoutActivitySid: workspace?.['timeout_activity_sid'],
  }
}

/** Gives roles; the workspace as it is then. */
export async function setRoles(
  client: TwilioClient,
  workspacePath: string,
  { defaultActivitySid, timeoutActivitySid }: Partial<Roles>,
): Promise<Answer> {
  const parameters = {
    ...(defaultActivitySid === undefined ? {} : { DefaultActivitySid: String(defaultActivitySid) }),
    ...(timeoutActivitySid === undefined ? {} : { TimeoutActivitySid: String(timeoutActivitySid) }),
  }
  return (await client.send({ method: 'POST', host, path: workspacePath, parameters })) ?? {}
}

/** An activity without work: the workspace's own Offline, or else any other but `notSid`; undefined if there is none. */
export async function unavailableActivity(
  client: TwilioClient,
  workspacePath: string,
  notSid?: unknown,
): Promise<string | undefined> {
  const path = `${workspacePath}/Activities`
  const rows = await client.list({ host, path, parameters: { Available: false } }, 'activities')
  const others = rows.filter(({ sid }) => sid !== notSid)
  const found = others.find((row) => row['friendly_name'] === 'Offline') ?? others[0]
  return found && String(found['sid'])
}
