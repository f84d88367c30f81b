import { defineSchema, type TypeOf } from './schema.ts'
import type { FlowDefinition } from './studio/flow-definition.ts'
import { Type } from './type.ts'

const friendlyName = Type.String({
  minLength: 1,
  maxLength: 64,
  description: 'what people see, 1 to 64 characters',
})

const named = <Entry extends Parameters<typeof Type.Record>[1]>(entry: Entry) =>
  Type.Record(Type.String({ minLength: 1 }), entry)

const tier = Type.Object(
  {
    name: Type.String({ minLength: 1, description: 'what people call this step' }),
    /** Where the task waits; a later tier stays in the queue of the one before. */
    queue: Type.Optional(Type.String()),
    /** Which workers of the queue, over `task.…` and `worker.…`; default all of them. */
    workers: Type.Optional(Type.String({ minLength: 1 })),
    /** How long the tier lasts; default for ever. */
    timeoutSeconds: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1_209_600, description: 'whole seconds, from 1' }),
    ),
    /** Priority from here on; default unchanged. */
    priority: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1, description: 'a whole number from 0' }),
    ),
    /** Leaves the tier at once if nobody can take the task and this holds, for example `workers.available == 0`. */
    skipIf: Type.Optional(Type.String({ minLength: 1 })),
    /** Which worker first: `worker.<attribute> ASC|DESC`, comma-separated. */
    orderBy: Type.Optional(Type.String({ minLength: 1 })),
  },
  { additionalProperties: false },
)

const filter = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    /** Which tasks, over their attributes. */
    expression: Type.String({ minLength: 1 }),
    tiers: Type.Array(tier, { minItems: 1, description: 'one tier at least' }),
  },
  { additionalProperties: false },
)

/**
 * A whole contact centre as data. Objects are listed under the name of their Pulumi resource and refer to each other by it.
 * `checkCentre` finds what is wrong across objects.
 */
export const centreDeclaration = defineSchema(
  'centre declaration',
  Type.Object(
    {
      /** The attributes that expressions may name, besides those that Twilio adds. */
      attributes: Type.Object(
        { task: Type.Array(Type.String()), worker: Type.Array(Type.String()) },
        { additionalProperties: false },
      ),
      activities: named(
        Type.Object({ friendlyName, available: Type.Boolean() }, { additionalProperties: false }),
      ),
      /** Where new workers start. */
      defaultActivity: Type.String(),
      /** Where a worker goes who lets a reservation time out. */
      timeoutActivity: Type.String(),
      taskChannels: named(
        Type.Object(
          {
            friendlyName,
            uniqueName: Type.String({
              pattern: '^[A-Za-z_$][A-Za-z0-9_$]*$',
              description: 'letters, digits, _ and $, not starting with a digit, no hyphen',
            }),
            channelOptimizedRouting: Type.Optional(Type.Boolean()),
          },
          { additionalProperties: false },
        ),
      ),
      workers: named(
        Type.Object(
          {
            friendlyName,
            attributes: Type.Record(Type.String(), Type.Unknown()),
            /** Where the worker is when created; default the default activity. */
            activity: Type.Optional(Type.String()),
          },
          { additionalProperties: false },
        ),
      ),
      queues: named(
        Type.Object(
          {
            friendlyName,
            /** Which workers, over their attributes without a prefix. */
            targetWorkers: Type.String(),
            /** How many workers are offered one task at once; default 1. */
            maxReservedWorkers: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
            taskOrder: Type.Optional(Type.Union([Type.Literal('FIFO'), Type.Literal('LIFO')])),
            /** How long wrap-up lasts after a call of this queue; default the centre's. */
            wrapUpSeconds: Type.Optional(
              Type.Integer({ minimum: 0, maximum: 900, description: '0 to 900 seconds' }),
            ),
          },
          { additionalProperties: false },
        ),
      ),
      workflows: named(
        Type.Object(
          {
            friendlyName,
            filters: Type.Array(filter),
            /** Where a task waits that no filter matches, or that skipped every tier. */
            defaultQueue: Type.Optional(Type.String()),
            /** How its calls reach the worker: joined in the queue, or in a conference with hold, transfer and coaching; default `dequeue`. */
            connectBy: Type.Optional(
              Type.Union([Type.Literal('dequeue'), Type.Literal('conference')]),
            ),
            /** How long a worker has for an answer; default the shortest tier, so that tiers last their own time. */
            reservationTimeoutSeconds: Type.Optional(
              Type.Integer({ minimum: 1, maximum: 86_400, description: '1 to 86400 seconds' }),
            ),
            /** Time to live of the workflow's tasks, set by whoever creates them; default 86400. */
            taskTimeoutSeconds: Type.Optional(
              Type.Integer({ minimum: 1, maximum: 1_209_600, description: '1 to 1209600 seconds' }),
            ),
          },
          { additionalProperties: false },
        ),
      ),
      /** Studio flows. Their definitions name what is of this centre, `${workflow.calls}`, in place of SIDs and addresses. */
      flows: Type.Optional(
        named(
          Type.Object(
            {
              friendlyName: Type.String({ minLength: 1, description: 'what people see' }),
              definition: Type.Unsafe<FlowDefinition>({
                type: 'object',
                description: 'the document that Studio exports, as an object',
              }),
            },
            { additionalProperties: false },
          ),
        ),
      ),
      phoneNumbers: named(
        Type.Object(
          {
            friendlyName,
            /** E.164, for example +12025550100. */
            phoneNumber: Type.String(),
            /** The flow that answers; default the functions. */
            flow: Type.Optional(Type.String()),
          },
          { additionalProperties: false },
        ),
      ),
    },
    { additionalProperties: false },
  ),
)

export type CentreDeclaration = TypeOf<typeof centreDeclaration>
