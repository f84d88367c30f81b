import type { FlowDefinition, FlowState, FlowTransition } from './flow-definition.ts'
import { flowDocument } from './flow-document.ts'

/**
 * The flow that a document holds, in one form whoever wrote it: the trigger has its name, an exit that leads nowhere no `next`, and
 * what Studio does not keep is gone. Throws `InvalidInput` for what is none.
 */
export function parseFlow(document: unknown): FlowDefinition {
  const { $schema: _, states, ...rest } = flowDocument.parse(document)
  return { ...rest, states: states.map(tidyState) }
}

// Of a trigger alone, name and properties may be missing.
function tidyState({ name = 'Trigger', type, transitions, properties = {} }: FlowState): FlowState {
  return { name, type, transitions: transitions.map(tidyTransition), properties }
}

function tidyTransition({ event, next, conditions }: FlowTransition): FlowTransition {
  return { ...(next ? { next } : {}), event, ...(conditions ? { conditions } : {}) }
}
