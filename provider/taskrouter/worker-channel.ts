import { type Static, Type } from '../../schemas/index.ts'
import type { ResourceDescription } from '../description/description.ts'
import { outputs, sid } from '../description/fields.ts'

const inputs = Type.Object(
  {
    workspaceSid: sid('WS', 'the workspace. Changing it replaces the resource'),
    workerSid: sid('WK', 'the worker. Changing it replaces the resource'),
    taskChannel: Type.String({
      pattern: '^[A-Za-z_$][A-Za-z0-9_$]{0,63}$',
      description:
        'the task channel, by its unique name (voice, chat …) or its SID. Changing it replaces the resource',
    }),
    capacity: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 50,
        default: 1,
        description: 'how many tasks of this channel the worker has at once; 0: no new ones',
      }),
    ),
    available: Type.Optional(
      Type.Boolean({
        default: true,
        description: 'false: no new tasks of this channel, whatever the capacity',
      }),
    ),
  },
  { additionalProperties: false },
)

export type WorkerChannelInputs = Static<typeof inputs>

/** What a worker takes of one kind of work. It exists with its worker and its task channel. */
export const workerChannel: ResourceDescription = {
  token: 'twilio:taskrouter:WorkerChannel',
  description:
    'How many tasks of a channel a worker has at once. It is there with the worker, so it is only set; deleting it gives back a capacity of 1.',
  host: 'taskrouter.twilio.com',
  collection: '/v1/Workspaces/{workspaceSid}/Workers/{workerSid}/Channels',
  lasting: true,
  id: ['workspaceSid', 'workerSid', 'sid'],
  listing: { kind: 'rows', rows: 'channels' },
  inputs,
  outputs: outputs({
    taskChannelSid: Type.String({ description: 'SID of the task channel' }),
    taskChannelUniqueName: Type.String({ description: 'name of the task channel' }),
  }),
  replaceOn: ['workspaceSid', 'workerSid', 'taskChannel'],
  // Both may be the same object, named otherwise: what is cleared must not be what was just set.
  deleteBeforeReplace: true,
  fields: { capacity: 'configured_capacity' },
  fromWire({ task_channel_sid: sid, task_channel_unique_name: name }, { taskChannel }) {
    return { taskChannel: taskChannel === sid ? sid : name }
  },
  isUntouched: (row) => row['configured_capacity'] === 1 && row['available'] === true,
  async find({ client, properties, path }) {
    const name = encodeURIComponent(String(properties['taskChannel']))
    return client.send({ method: 'GET', host: this.host, path: `${path}/${name}` })
  },
}
