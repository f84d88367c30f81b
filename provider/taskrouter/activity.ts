import { type Static, Type } from '@sinclair/typebox'
import type { ResourceDescription } from '../description.ts'
import { friendlyName, outputs, sid } from '../fields.ts'

// What a new workspace comes with.
const ownActivities = ['Offline', 'Unavailable', 'Available']

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
  inputs,
  outputs: outputs({}),
  replaceOn: ['workspaceSid', 'available'],
  deleteBeforeReplace: true,
  deleteWaits: true,
  async find({ client, properties, path }) {
    const name = String(properties['friendlyName'])
    if (!ownActivities.includes(name)) return undefined
    const parameters = { FriendlyName: name }
    const rows = await client.list({ host: this.host, path, parameters }, 'activities')
    return rows.find((row) => row['friendly_name'] === name)
  },
  async delete({ client, properties, path }) {
    if (ownActivities.includes(String(properties['friendlyName']))) return
    await client.send({ method: 'DELETE', host: this.host, path })
  },
}
