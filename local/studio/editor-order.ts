import { type FlowState, type FlowTransition, widgets } from '../../schemas/index.ts'

/** A widget with its keys in the order in which the editor exports them; the account gives them in any. */
export function inEditorOrder({ name, type, transitions, properties }: FlowState): FlowState {
  return {
    name,
    type,
    transitions: transitions.map(transitionInOrder),
    properties: propertiesInOrder(type, properties),
  }
}

/** An exit likewise: `next` comes first. */
export function transitionInOrder({ next, event, conditions }: FlowTransition): FlowTransition {
  return {
    ...(next ? { next } : {}),
    event,
    ...(conditions === undefined
      ? {}
      : {
          conditions: conditions.map(({ friendly_name, arguments: texts, type, value }) => ({
            friendly_name,
            arguments: texts,
            type,
            value,
          })),
        }),
  }
}

// Those that are known in the order of the vocabulary, the place last.
function propertiesInOrder(
  type: string,
  { offset, ...properties }: FlowState['properties'],
): FlowState['properties'] {
  const known = Object.keys(widgets[type]?.properties ?? {})
  const names = Object.keys(properties)
  const order = [
    ...known.filter((name) => names.includes(name)),
    ...names.filter((name) => !known.includes(name)),
  ]
  const entries = order.map((name) => [name, properties[name]])
  return { ...Object.fromEntries(entries), ...(offset === undefined ? {} : { offset }) }
}
