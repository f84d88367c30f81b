import { type Static, Type } from '../../schemas/index.ts'
import type { HookContext, ResourceDescription } from '../description/description.ts'
import { force, friendlyName, outputs, sid } from '../description/fields.ts'
import { countWorkers, moveWorkers } from './workers-in-activity.ts'
import { parentPath, rolesOf, setRoles, unavailableActivity } from './workspace-roles.ts'

// What a new workspace comes with, and whether workers in it get work.
const ownActivities: ReadonlyMap<unknown, boolean> = new Map([
  ['Offline', false],
  ['Unavailable', false],
  ['Available', true],
])

const inputs = Type.Object(
  {
    workspaceSid: sid('WS', 'the workspace. Changing it replaces the activity'),
    friendlyName: friendlyName('name of the activity, unique in the workspace'),
    available: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'whether workers in it get work. Changing it replaces the activity',
      }),
    ),
    force: force(
      'true: the activity is deleted or replaced also while workers are in it, who are then moved to one without work',
    ),
  },
  { additionalProperties: false },
)

export type ActivityInputs = Static<typeof inputs>

/** What a worker is doing. The workspace's own activities are taken over when declared, and left to it on destroy. */
export const activity: ResourceDescription = {
  token: 'twilio:taskrouter:Activity',
  description:
    'An activity of workers, such as Available or Offline. One that a new workspace comes with is adopted, and kept on delete.',
  host: 'taskrouter.twilio.com',
  collection: '/v1/Workspaces/{workspaceSid}/Activities',
  id: ['workspaceSid', 'sid'],
  identity: { property: 'friendlyName', rows: 'activities', listsByName: true, unique: true },
  lookUp: 'getActivity',
  inputs,
  outputs: outputs({}),
  replaceOn: ['workspaceSid', 'available'],
  localOnly: ['force'],
  // Its name is unique, so the new one can only come when the old one has gone.
  deleteBeforeReplace: true,
  guard: {
    count: countWorkers,
    remedy: 'Move them to another activity',
    forced: 'they are moved to one without work',
    end: moveWorkers,
  },
  // Workers who are in it are usually on their way out themselves.
  deleteWaits: true,
  check({ friendlyName, available = false }) {
    const own = ownActivities.get(friendlyName)
    if (own === undefined || typeof available !== 'boolean' || own === available) return []
    const message = `must be ${own}: every workspace has an activity “${friendlyName}” of its own, and that can't be changed; declare it so, or choose another name`
    return [{ path: 'available', message }]
  },
  takesOver: ({ friendlyName: name }) =>
    ownActivities.has(name)
      ? `${String(name)} comes with the workspace: taken over, and left to it on destroy`
      : undefined,
  leaves: ({ friendlyName: name }) =>
    ownActivities.has(name)
      ? `${String(name)} came with the workspace, and goes with it only`
      : undefined,
  comesWithParent: ({ friendlyName }) => ownActivities.has(friendlyName),
  isUntouched: (row) => ownActivities.get(row['friendly_name']) === row['available'],
  async find({ client, properties, path }) {
    const name = properties['friendlyName']
    if (!ownActivities.has(name)) return undefined
    const parameters = { FriendlyName: String(name) }
    const rows = await client.list({ host: this.host, path, parameters }, 'activities')
    return rows.find((row) => row['friendly_name'] === name)
  },
  beforeDelete: giveRolesBack,
}

// Twilio never deletes an activity that is the default or timeout one. Declared roles are given back before (WorkspaceDefaults
// depends on the activity), but when an activity is replaced, or its role was given by hand, it still has them.
async function giveRolesBack({ client, properties }: HookContext): Promise<void> {
  const workspacePath = parentPath(properties)
  const roles = await rolesOf(client, workspacePath)
  const mine = Object.entries(roles).filter(([, holder]) => holder === properties['sid'])
  if (mine.length === 0) return
  const heir = await unavailableActivity(client, workspacePath, properties['sid'])
  if (heir === undefined) return
  await setRoles(client, workspacePath, Object.fromEntries(mine.map(([role]) => [role, heir])))
}
