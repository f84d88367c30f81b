import { type Collection, createCollection } from '../collection.ts'
import type { Context } from '../context.ts'
import { resourceRoutes } from '../resource-routes.ts'
import { get, post, type Route } from '../route.ts'
import { createFlowRevisions } from './flow-revisions.ts'
import { createFlows, type FlowRow } from './flows.ts'

/** What outlives a restart. */
export type StudioSnapshot = { readonly flows: readonly FlowRow[] }

/** Studio: flows are kept, checked and published; none is run. */
export type Studio = {
  readonly flows: Collection<FlowRow>
  readonly routes: readonly Route[]
  snapshot(): StudioSnapshot
}

/** Studio with the flows of a snapshot, or none. */
export function createStudio(context: Context, restored?: StudioSnapshot): Studio {
  const rows = createCollection<FlowRow>(undefined, restored?.flows)
  const flows = createFlows(context, rows)
  const revisions = createFlowRevisions(context, rows)
  return {
    flows: rows,
    routes: [
      post('/v2/Flows/Validate', flows.validate),
      ...resourceRoutes('/v2/Flows', flows),
      get('/v2/Flows/{FlowSid}/Revisions', revisions.list),
      get('/v2/Flows/{FlowSid}/Revisions/{Revision}', revisions.fetch),
    ],
    snapshot: () => ({ flows: [...rows.values()] }),
  }
}
