import { checkWorkflow, describeWorkflowProblem } from '../../routing/index.ts'
import { type Problem, type Static, Type, workflowConfiguration } from '../../schemas/index.ts'
import { canonicalConfiguration, canonicalUrl } from '../comparison/canonical.ts'
import type { ResourceDescription } from '../description/description.ts'
import { force, friendlyName, outputs, sid, webhookUrl } from '../description/fields.ts'
import { misspeltMembers, namedQueues } from './check-spelling.ts'
import { countTasks, deleteTasks } from './live-tasks.ts'
import { pickChanges, readConfiguration } from './workflow-reading.ts'
import { tellRouting } from './workflow-sentences.ts'

const mostBytes = 1_038_576

const inputs = Type.Object(
  {
    workspaceSid: sid('WS', 'the workspace. Changing it replaces the workflow'),
    friendlyName: friendlyName('name of the workflow'),
    configuration: Type.Unsafe<Static<typeof workflowConfiguration.json>>({
      type: 'object',
      description:
        'the routing document: {"task_routing": {"filters": […], "default_filter": {…}}}',
    }),
    assignmentCallbackUrl: webhookUrl('asked what to do with each reservation; absent: none'),
    fallbackAssignmentCallbackUrl: webhookUrl('asked when the first one fails'),
    taskReservationTimeout: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 86_400,
        default: 120,
        description: 'seconds that a worker has to accept a reservation',
      }),
    ),
    reEvaluateTasks: Type.Optional(
      Type.Boolean({
        default: false,
        description:
          'true: a change of the configuration also leads the tasks that wait by its new steps, from the first on; false: they keep the steps that were there when they came',
      }),
    ),
    force: force(
      'true: the workflow is deleted or replaced also while tasks are in it, which are then deleted, too',
    ),
  },
  { additionalProperties: false },
)

export type WorkflowInputs = Static<typeof inputs>

/** How tasks find their queue, step by step. Its configuration is a document that is compared by meaning. */
export const workflow: ResourceDescription = {
  token: 'twilio:taskrouter:Workflow',
  description: 'A workflow: which tasks go to which queue, for how long, and what happens then.',
  host: 'taskrouter.twilio.com',
  collection: '/v1/Workspaces/{workspaceSid}/Workflows',
  id: ['workspaceSid', 'sid'],
  identity: { property: 'friendlyName', rows: 'workflows', listsByName: true, unique: false },
  lookUp: 'getWorkflow',
  inputs,
  documents: { configuration: workflowConfiguration.json },
  outputs: outputs({}),
  replaceOn: ['workspaceSid'],
  localOnly: ['reEvaluateTasks', 'force'],
  instructions: { reEvaluateTasks: 'configuration' },
  json: ['configuration'],
  readings: {
    routing: {
      of: 'configuration',
      read: readConfiguration,
      pick: pickChanges,
      tell: tellRouting,
    },
  },
  guard: {
    count: countTasks,
    remedy: 'Let them end, and send new ones to another workflow meanwhile',
    forced: 'these tasks are deleted, too',
    end: (context) => deleteTasks(context, 'WorkflowSid'),
  },
  // Tasks that are wrapped up keep the workflow a moment longer.
  deleteWaits: true,
  canonical: {
    configuration: canonicalConfiguration,
    assignmentCallbackUrl: canonicalUrl,
    fallbackAssignmentCallbackUrl: canonicalUrl,
  },
  check({ configuration }) {
    const bytes = Buffer.byteLength(JSON.stringify(configuration))
    const found = [...problemsOf(configuration, 'error'), ...namedQueues(configuration)]
    // What is missing may be there under a misspelt name.
    const problems = found.length > 0 ? [...found, ...misspeltMembers(configuration)] : []
    if (bytes <= mostBytes) return problems
    const message = `has ${bytes} bytes as JSON; TaskRouter takes ${mostBytes}: use fewer filters, or split the workflow`
    return [...problems, { path: 'configuration', message }]
  },
  warnings: ({ configuration }) => [
    ...problemsOf(configuration, 'warning'),
    ...misspeltMembers(configuration),
  ],
}

function problemsOf(configuration: unknown, severity: 'error' | 'warning'): readonly Problem[] {
  const problems = checkWorkflow(configuration).filter((problem) => problem.severity === severity)
  const choices = problems.filter(({ message }) => choice.test(message)).map(({ path }) => path)
  return problems
    .filter(({ path, message }) => !choices.includes(path) || choice.test(message))
    .map((problem) => ({
      path: problem.path ? `configuration.${problem.path}` : 'configuration',
      message: describeWorkflowProblem({ ...problem, path: '' })
        .replace(/^(error|warning): configuration: /, '')
        .replace(choice, 'must be $1'),
    }))
}

// What may be a number or a string is told once, and not by every way in which it is neither.
const choice = /^must match a schema in anyOf \((.*?)\)/
