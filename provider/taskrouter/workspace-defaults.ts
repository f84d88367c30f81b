import { type Static, Type } from '../../schemas/index.ts'
import type { ResourceDescription } from '../description/description.ts'
import { sid } from '../description/fields.ts'
import { nameReading } from '../words/name-reading.ts'
import { parentPath, setRoles, unavailableActivity } from './workspace-roles.ts'

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
  listing: { kind: 'each', of: 'twilio:taskrouter:Workspace' },
  inputs,
  outputs: Type.Object({}),
  replaceOn: ['workspaceSid'],
  readings: {
    defaultActivity: nameReading('defaultActivitySid', 'default activity'),
    timeoutActivity: nameReading('timeoutActivitySid', 'timeout activity'),
  },
  // A new workspace gives both roles to its own Offline; rows are those of workspaces.
  isUntouched: (row) =>
    row['default_activity_name'] === 'Offline' && row['timeout_activity_name'] === 'Offline',
  takesOver: () =>
    'every workspace has both roles: they are only set, and given back to its own Offline on destroy',
  leaves: () => 'the roles go back to the workspace’s own Offline',
  // It is a part of the workspace: never created, only set.
  async create({ client, properties }) {
    const workspace = await setRoles(client, parentPath(properties), {
      defaultActivitySid: properties['defaultActivitySid'],
      timeoutActivitySid: properties['timeoutActivitySid'],
    })
    return { ...workspace, workspace_sid: workspace['sid'] }
  },
  // The declared activities can only go once the workspace's own one has the roles again.
  async delete({ client, properties }) {
    const path = parentPath(properties)
    const sid = await unavailableActivity(client, path)
    if (sid === undefined) return
    await setRoles(client, path, { defaultActivitySid: sid, timeoutActivitySid: sid })
  },
}
