import { type Static, Type } from '../../schemas/index.ts'
import type { ResourceDescription } from '../description/description.ts'
import { force, friendlyName, outputs, sid } from '../description/fields.ts'
import { TwilioError } from '../requests/errors.ts'
import { countTasksOfChannel, deleteTasksOfChannel } from './live-tasks.ts'

// What every workspace has.
const ownChannels = ['default', 'voice', 'sms', 'chat', 'video']

const inputs = Type.Object(
  {
    workspaceSid: sid('WS', 'the workspace. Changing it replaces the channel'),
    friendlyName: friendlyName('name that people read'),
    uniqueName: Type.String({
      pattern: '^[A-Za-z_$][A-Za-z0-9_$]{0,63}$',
      description:
        'name that tasks and expressions use: at most 64 letters, digits, _ and $, not a digit first, no hyphen. Changing it replaces the channel',
    }),
    channelOptimizedRouting: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'true: the worker longest without a task of this channel comes first',
      }),
    ),
    force: force(
      'true: the channel is deleted or replaced also while there are tasks of it, which are then deleted, too',
    ),
  },
  { additionalProperties: false },
)

export type TaskChannelInputs = Static<typeof inputs>

/** A kind of work with a capacity of its own. The workspace's five own channels are taken over when declared. */
export const taskChannel: ResourceDescription = {
  token: 'twilio:taskrouter:TaskChannel',
  description:
    'A kind of work (voice, chat …) with a capacity of its own for each worker. One that every workspace has is adopted, and kept on delete.',
  host: 'taskrouter.twilio.com',
  collection: '/v1/Workspaces/{workspaceSid}/TaskChannels',
  id: ['workspaceSid', 'sid'],
  identity: { property: 'uniqueName', rows: 'channels', listsByName: false, unique: true },
  inputs,
  outputs: outputs({}),
  replaceOn: ['workspaceSid', 'uniqueName'],
  localOnly: ['force'],
  guard: {
    count: countTasksOfChannel,
    remedy: 'Let them end, and give new ones another channel meanwhile',
    forced: 'these tasks are deleted, too',
    end: deleteTasksOfChannel,
  },
  // Tasks that are wrapped up keep the channel a moment longer.
  deleteWaits: true,
  takesOver: ({ uniqueName }) =>
    ownChannels.includes(String(uniqueName))
      ? `${String(uniqueName)} comes with the workspace: taken over, and left to it on destroy`
      : undefined,
  leaves: ({ uniqueName }) =>
    ownChannels.includes(String(uniqueName))
      ? `${String(uniqueName)} came with the workspace, and goes with it only`
      : undefined,
  comesWithParent: ({ uniqueName }) => ownChannels.includes(String(uniqueName)),
  isUntouched: (row) =>
    ownChannels.includes(String(row['unique_name'])) &&
    row['channel_optimized_routing'] !== true &&
    String(row['friendly_name']).toLowerCase() === row['unique_name'],
  async find({ client, properties, path }) {
    const name = String(properties['uniqueName'])
    if (!ownChannels.includes(name)) return undefined
    try {
      return await client.send({ method: 'GET', host: this.host, path: `${path}/${name}` })
    } catch (error) {
      if (error instanceof TwilioError && error.status === 404) return undefined
      throw error
    }
  },
}
