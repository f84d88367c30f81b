import type { FlowState } from '../../../../schemas/index.ts'
import type { FlowLibrary } from './surroundings.ts'

/** Widgets of a flow, with those of its sub-flows: once for each use, as Studio counts them. */
export function countWidgets(
  states: readonly Pick<FlowState, 'type' | 'properties'>[],
  flows: FlowLibrary,
  isTestUser = false,
): number {
  return states.reduce((sum, { type, properties }) => {
    if (type !== 'run-subflow') return sum + 1
    const { flow_sid: flowSid, flow_revision: revision } = properties
    const wanted = subflowRevision(String(revision ?? ''), isTestUser)
    return sum + 1 + (flows.find(String(flowSid), wanted)?.states.size ?? 0)
  }, 0)
}

/** The revision that a run-subflow widget gets: drafts are for those who test the parent. */
export function subflowRevision(written: string, isTestUser: boolean): string {
  const wanted = written || 'LatestPublished'
  return wanted === 'LatestDraft' && !isTestUser ? 'LatestPublished' : wanted
}
