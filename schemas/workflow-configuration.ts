import { defineSchema, type TypeOf } from './schema.ts'
import { Type } from './type.ts'

const wholeNumber = (description: string, minimum: number) =>
  Type.Union(
    [
      Type.Integer({ minimum }),
      Type.String({ pattern: minimum > 0 ? '^[1-9][0-9]*$' : '^[0-9]+$' }),
    ],
    { description },
  )

const target = Type.Object(
  {
    queue: Type.Optional(
      Type.String({
        description: 'SID of the task queue; a later target inherits the previous one',
      }),
    ),
    expression: Type.Optional(
      Type.String({ description: 'which workers of the queue, over task.… and worker.…' }),
    ),
    priority: Type.Optional(wholeNumber('a whole number from 0, or one as a string', 0)),
    timeout: Type.Optional(wholeNumber('seconds, a whole number from 1, or one as a string', 1)),
    order_by: Type.Optional(
      Type.String({ description: 'worker.<path> ASC|DESC, comma-separated' }),
    ),
    skip_if: Type.Optional(
      Type.String({ description: 'over workers.available, workers.unavailable, workers.WA…' }),
    ),
    known_worker_sid: Type.Optional(
      Type.String({ description: 'path into the task, such as task.agent_sid' }),
    ),
    known_worker_friendly_name: Type.Optional(Type.String({ description: 'path into the task' })),
  },
  { additionalProperties: true },
)

const filter = Type.Object(
  {
    filter_friendly_name: Type.Optional(Type.String({ description: 'name of the filter' })),
    friendly_name: Type.Optional(Type.String({ description: 'its name in an older spelling' })),
    expression: Type.String({ description: 'over the task’s attributes, without a prefix' }),
    targets: Type.Array(target, {
      minItems: 1,
      description: 'where the task waits, one step after the other; one at least',
    }),
  },
  { additionalProperties: true },
)

/** The `Configuration` of a TaskRouter workflow, parsed. Unknown keys are kept, as TaskRouter keeps them. */
export const workflowConfiguration = defineSchema(
  'workflow configuration',
  Type.Object(
    {
      task_routing: Type.Object(
        {
          filters: Type.Optional(
            Type.Array(filter, { description: 'the first one that matches the task has it' }),
          ),
          default_filter: Type.Optional({
            ...target,
            description:
              'where a task waits that no filter matches, until its time to live is over',
          }),
        },
        { additionalProperties: true, description: 'which tasks go to which queue' },
      ),
    },
    { additionalProperties: true },
  ),
)

export type WorkflowConfiguration = TypeOf<typeof workflowConfiguration>
export type WorkflowFilter = NonNullable<WorkflowConfiguration['task_routing']['filters']>[number]
export type WorkflowTarget = WorkflowFilter['targets'][number]
