import type { Context } from '../context.ts'
import { type Collection, createCollection } from '../objects/collection.ts'
import { resourceRoutes } from '../rest/resource-routes.ts'
import { type Call, get, pathPart, post, type Route } from '../rest/route.ts'
import { createEngine } from './execution/engine.ts'
import type { Execution } from './execution/execution.ts'
import { createExecutionStore, type ExecutionStore } from './execution/execution-store.ts'
import { createTemplates } from './execution/liquid.ts'
import type { StudioPorts } from './execution/surroundings.ts'
import { executionRoutes, testUserRoutes } from './executions.ts'
import { createFlowLibrary } from './flow-library.ts'
import { createFlowRevisions } from './flow-revisions.ts'
import { createFlowWebhook, type FlowWebhook } from './flow-webhook.ts'
import { createFlows, type FlowRow } from './flows.ts'
import { createStartPace, startsPerSecond } from './start-pace.ts'
import { createTestUsers } from './test-users.ts'
import { runnableWidgets } from './widgets/index.ts'

/** What outlives a restart. */
export type StudioSnapshot = {
  readonly flows: readonly FlowRow[]
  /** Missing in snapshots of before flows were run. */
  readonly executions?: readonly Execution[]
}

/** Studio: flows are kept, checked, published and run. */
export type Studio = {
  readonly flows: Collection<FlowRow>
  readonly routes: readonly Route[]
  /** Where calls and messages reach a flow. */
  readonly webhook: FlowWebhook
  /** Goes on with what ran before a restart, once the rest of the account is there. */
  resume(): void
  snapshot(): StudioSnapshot
  close(): void
}

/** Studio with what a snapshot holds, or empty. */
export function createStudio(
  context: Context,
  ports: StudioPorts,
  restored?: StudioSnapshot,
): Studio {
  const rows = createCollection<FlowRow>(undefined, restored?.flows)
  const library = createFlowLibrary(rows)
  const flows = createFlows(context, rows, library)
  const revisions = createFlowRevisions(context, rows)
  const store = createExecutionStore(context.clock, (execution) => engine.end(execution, 'EXPIRED'))
  const engine = createEngine({
    context,
    ports,
    store,
    flows: library,
    templates: createTemplates(context.clock, ports.timeZone),
    widgets: runnableWidgets,
  })
  // What runs goes with its flow.
  function remove(call: Call) {
    const answer = flows.remove(call)
    for (const execution of store.ofFlow(pathPart(call, 'Sid'))) {
      engine.end(execution, 'STOPPED')
      store.delete(execution.sid)
    }
    return answer
  }
  return {
    flows: rows,
    routes: [
      post('/v2/Flows/Validate', flows.validate),
      ...resourceRoutes('/v2/Flows', { ...flows, remove }),
      get('/v2/Flows/{FlowSid}/Revisions', revisions.list),
      get('/v2/Flows/{FlowSid}/Revisions/{Revision}', revisions.fetch),
      ...testUserRoutes(createTestUsers(context, rows)),
      ...executionRoutes({
        ...{ context, rows, flows: library, store, engine },
        pace: createStartPace(context.clock, startsPerSecond.rest),
      }),
    ],
    webhook: createFlowWebhook({
      ...{ engine, store, flows: library, alerts: context.alerts },
      pace: createStartPace(context.clock, startsPerSecond.inbound),
    }),
    resume() {
      for (const execution of restored?.executions ?? []) {
        store.add(execution)
        if (execution.status === 'active') engine.resume(execution)
      }
    },
    snapshot: () => ({ flows: [...rows.values()], executions: lasting(store) }),
    close: engine.close,
  }
}

// A snapshot is written often, and read by nobody but the next start: of what is over it holds the latest.
const MOST_OVER = 200

function lasting(store: ExecutionStore): readonly Execution[] {
  const all = [...store.values()]
  const over = all.filter(({ status }) => status === 'ended')
  const dropped = new Set(over.slice(0, -MOST_OVER))
  return all.filter((execution) => !dropped.has(execution))
}
