import { type Static, Type } from '../../schemas/index.ts'
import { canonicalUrl } from '../comparison/canonical.ts'
import type { ResourceDescription } from '../description/description.ts'
import { force, friendlyName, outputs, webhookUrl } from '../description/fields.ts'
import { countTasks } from './live-tasks.ts'

const inputs = Type.Object(
  {
    friendlyName: friendlyName('name of the workspace, at most 64 characters'),
    eventCallbackUrl: webhookUrl('receives every event of the workspace; absent: none'),
    eventsFilter: Type.Optional(
      Type.String({ description: 'comma-separated names of the events to send; absent: all' }),
    ),
    multiTaskEnabled: Type.Optional(
      Type.Boolean({
        default: true,
        description: 'false: a worker has one task at a time, whatever its channel (legacy)',
      }),
    ),
    prioritizeQueueOrder: Type.Optional(
      Type.Union([Type.Literal('FIFO'), Type.Literal('LIFO')], {
        default: 'FIFO',
        description: 'kind of queue that is served first when a worker is in both kinds',
      }),
    ),
    template: Type.Optional(
      Type.Union([Type.Literal('NONE'), Type.Literal('FIFO')], {
        default: 'NONE',
        description:
          'FIFO: comes with a sample queue and workflow. Changing it replaces the workspace',
      }),
    ),
    force: force('true: the workspace is deleted or replaced also while tasks are in it'),
  },
  { additionalProperties: false },
)

export type WorkspaceInputs = Static<typeof inputs>

/** A TaskRouter workspace. Deleting it deletes everything in it. */
export const workspace: ResourceDescription = {
  token: 'twilio:taskrouter:Workspace',
  description:
    'A TaskRouter workspace: activities, workers, queues, workflows and tasks of one contact centre.',
  host: 'taskrouter.twilio.com',
  collection: '/v1/Workspaces',
  id: ['sid'],
  identity: { property: 'friendlyName', rows: 'workspaces', listsByName: true, unique: false },
  lookUp: 'getWorkspace',
  inputs,
  outputs: outputs({}),
  // The template only matters at creation; Twilio does not tell it afterwards.
  replaceOn: ['template'],
  localOnly: ['force'],
  canonical: { eventCallbackUrl: canonicalUrl },
  guard: {
    count: countTasks,
    remedy: 'Let them end',
    forced: 'they go with it',
  },
}
