import { type Problem, type Static, Type } from '../../schemas/index.ts'
import type { ResourceDescription } from '../description/description.ts'
import { attributes, force, friendlyName, outputs, sid } from '../description/fields.ts'
import { isRecord, type Properties } from '../protocol/values.ts'
import { checkSize } from './check-size.ts'
import { countTasksOfWorker, deleteTasksOfWorker } from './live-tasks.ts'
import { parentPath, unavailableActivity } from './workspace-roles.ts'

const inputs = Type.Object(
  {
    workspaceSid: sid('WS', 'the workspace. Changing it replaces the worker'),
    friendlyName: friendlyName('name of the worker, unique in the workspace'),
    attributes: attributes(
      'what expressions look at (languages, skills, contact_uri …); at most 4,096 characters as JSON. The program owns the keys that it names, each as a whole: one that is taken out of it is removed; keys that calls, Flex or a sign-on write are left alone, and are no drift',
    ),
    exclusiveAttributes: Type.Optional(
      Type.Boolean({
        default: false,
        description:
          'true: the program owns the whole document: a key that it does not name is drift, and goes with the next write of the attributes',
      }),
    ),
    activitySid: Type.Optional(
      sid('WA', 'activity to start in; run time moves the worker on, so it is not compared later'),
    ),
    force: force(
      'true: the worker is deleted or replaced also while busy with tasks, which are then deleted, too',
    ),
  },
  { additionalProperties: false },
)

export type WorkerInputs = Static<typeof inputs>

/** Someone (or something) that does the work. */
export const worker: ResourceDescription = {
  token: 'twilio:taskrouter:Worker',
  description: 'A worker, with the attributes that queues and workflows choose by.',
  host: 'taskrouter.twilio.com',
  collection: '/v1/Workspaces/{workspaceSid}/Workers',
  id: ['workspaceSid', 'sid'],
  identity: { property: 'friendlyName', rows: 'workers', listsByName: true, unique: true },
  lookUp: 'getWorker',
  inputs,
  outputs: outputs({}),
  replaceOn: ['workspaceSid'],
  createOnly: ['activitySid'],
  localOnly: ['exclusiveAttributes', 'force'],
  json: ['attributes'],
  ownedByKey: { attributes: 'exclusiveAttributes' },
  guard: {
    count: countTasksOfWorker,
    remedy: 'Let them end; an activity without work keeps new ones away',
    forced: 'these tasks are deleted, too',
    end: deleteTasksOfWorker,
  },
  deleteWaits: true,
  check: (values) => [...checkSize('attributes', values['attributes']), ...checkExclusive(values)],
  warnings: ({ attributes: declared }) => unnameable(declared),
  // Twilio refuses to delete a worker who could get work at any moment.
  async beforeDelete({ client, properties, path }) {
    const { host } = this
    const answer = await client.send({ method: 'GET', host, path })
    if (answer?.['available'] !== true) return
    const activitySid = await unavailableActivity(client, parentPath(properties))
    if (activitySid === undefined) return
    const parameters = { ActivitySid: activitySid, RejectPendingReservations: true }
    await client.send({ method: 'POST', host, path, parameters })
  },
}

function checkExclusive({ exclusiveAttributes, attributes: declared }: Properties): Problem[] {
  if (exclusiveAttributes !== true || declared !== undefined) return []
  const message = 'needs attributes: declare {} if the worker is to have none at all'
  return [{ path: 'exclusiveAttributes', message }]
}

// TaskRouter keeps such a key, and no expression can ever look at it.
function unnameable(declared: unknown): readonly Problem[] {
  if (!isRecord(declared)) return []
  return Object.keys(declared)
    .filter((key) => !/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key))
    .map((key) => ({
      path: `attributes.${key}`,
      message: `can’t be named by an expression: letters, digits, _ and $ only, not a digit first; call it ${key
        .replaceAll(/[^\p{L}\p{N}_$]/gu, '_')
        .replace(/^(?=\d)/, '_')}`,
    }))
}
