import type { Widget } from '../execution/widget.ts'
import { subflowRevision } from '../execution/widget-count.ts'
import { parsed } from './set-variables.ts'

/** Runs another flow within this step. */
export const runSubflow: Widget = {
  start(step) {
    const parameters: Record<string, unknown> = {}
    for (const { key, value, type } of step.pairs('parameters')) {
      parameters[key] = type === 'json_object' ? parsed(key, value, step) : value
    }
    return {
      kind: 'subflow',
      flowSid: step.text('flow_sid'),
      revision: subflowRevision(step.text('flow_revision'), step.execution.isTestUser),
      parameters,
    }
  },
  resume(step, arrival) {
    if (arrival.kind !== 'subflow-ended') return undefined
    const { variables, problem } = arrival
    if (problem === undefined) return { kind: 'exit', event: 'completed', outputs: variables }
    step.alert(81024, problem)
    return { kind: 'exit', event: 'failed' }
  },
}
