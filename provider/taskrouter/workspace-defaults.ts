import { type Static, Type } from '@sinclair/typebox'
import type { Answer } from '../client.ts'
import type { HookContext, ResourceDescription } from '../description.ts'
import { sid } from '../fields.ts'

const inputs = Type.Object(
  {
    workspaceSid: sid('WS', 'the workspace. Changing it replaces the resource'),
    defaultActivitySid: sid('WA', 'activity of a new worker that names none'),
    timeoutActivitySid: sid('WA', 'activity a worker is moved to when a reservation times out'),
  },
  { additionalProperties: false },
)

export type WorkspaceDefaultsInputs = Static<typeof inputs>

/** Which activities have a role in the workspace: a step of its own, since they need the workspace to exist first. */
export const workspaceDefaults: ResourceDescription = {
  token: 'twilio:taskrouter:WorkspaceDefaults',
  description: 'The default and the timeout activity of a workspace.',
  host: 'taskrouter.twilio.com',
  collection: '/v1/Workspaces',
  id: ['workspaceSid'],
  inputs,
  outputs: Type.Object({}),
  replaceOn: ['workspaceSid'],
  // It is a part of the workspace: never created, only set.
  async create({ client, properties }) {
    return setRoles({ client, path: workspacePath(properties) }, properties)
  },
  // The declared activities can only go once the workspace's own ones have the roles again.
  async delete({ client, properties }) {
    const path = workspacePath(properties)
    const rows = await client.list({ host, path: `${path}/Activities` }, 'activities')
    const own = rows.find((row) => row['friendly_name'] === 'Offline')
    const fallback = own ?? rows.find((row) => row['available'] === false)
    if (!fallback) return
    const roles = { defaultActivitySid: fallback['sid'], timeoutActivitySid: fallback['sid'] }
    await setRoles({ client, path }, roles)
  },
}

const host = 'taskrouter.twilio.com'

function workspacePath(properties: HookContext['properties']): string {
  return `/v1/Workspaces/${encodeURIComponent(String(properties['workspaceSid']))}`
}

async function setRoles(
  { client, path }: Pick<HookContext, 'client' | 'path'>,
  roles: HookContext['properties'],
): Promise<Answer> {
  const answer = await client.send({
    method: 'POST',
    host,
    path,
    parameters: {
      DefaultActivitySid: String(roles['defaultActivitySid']),
      TimeoutActivitySid: String(roles['timeoutActivitySid']),
    },
  })
  return { ...answer, workspace_sid: answer?.['sid'] }
}
