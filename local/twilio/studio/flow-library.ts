import type { FlowDefinition } from '../../../schemas/index.ts'
import type { Collection } from '../objects/collection.ts'
import type { FlowLibrary, RunnableFlow } from './execution/surroundings.ts'
import type { FlowRow } from './flows.ts'
import type { Revision } from './revision.ts'

/** The flows of the account, as executions need them. */
export function createFlowLibrary(rows: Collection<FlowRow>): FlowLibrary {
  // A revision never changes; it is dropped with its flow.
  const runnable = new WeakMap<Revision, RunnableFlow>()
  return {
    find(flowSid, wanted) {
      const revision = revisionOf(rows.get(flowSid)?.revisions ?? [], wanted)
      if (!revision) return undefined
      const known = runnable.get(revision)
      if (known) return known
      // Checked when it was saved.
      const definition = revision.definition as unknown as FlowDefinition
      const states = new Map(definition.states.map((state) => [state.name, state]))
      const flow = { sid: flowSid, revision: revision.number, definition, states }
      runnable.set(revision, flow)
      return flow
    },
    isTestUser: (flowSid, contact) => rows.get(flowSid)?.testUsers?.includes(contact) ?? false,
  }
}

function revisionOf(revisions: readonly Revision[], wanted: string | number): Revision | undefined {
  if (wanted === 'LatestPublished')
    return revisions.findLast(({ status }) => status === 'published')
  if (wanted === 'LatestDraft') return revisions.at(-1)
  return revisions.find(({ number }) => number === Number(wanted))
}
