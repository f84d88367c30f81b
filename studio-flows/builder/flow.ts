import type { FlowDefinition } from '../../schemas/index.ts'
import { FlowSourceError } from './flow-source-error.ts'
import { stateOf, triggerState } from './state.ts'
import type { Exits, Place, WidgetSource } from './widget-source.ts'

/** A flow of this centre: its name, which is also its file's, and the document that Studio runs, with references unresolved. */
export type Flow = {
  readonly name: string
  readonly definition: FlowDefinition
}

/** A flow as it is written: the trigger, and the widgets under their names. */
export type FlowSource<Name extends string> = {
  /** What the flow is for; the console shows it. */
  readonly description?: string
  /** Whether one caller may have several live calls in the flow; default true. */
  readonly allowConcurrentCalls?: boolean
  /** Where calls, messages and requests begin. */
  readonly trigger: { readonly on: Exits<'trigger', NoInfer<Name>>; readonly at?: Place }
  /** Templates call a widget's results `widgets.<name>.…`. */
  readonly widgets: { readonly [Each in Name]: WidgetSource<NoInfer<Name>> }
}

/**
 * A Studio flow. The compiler checks each widget's properties and exits, and that every exit leads to a widget of this flow; names
 * that Studio would refuse throw `FlowSourceError`.
 */
export function flow<const Name extends string>(name: string, source: FlowSource<Name>): Flow {
  const { description, allowConcurrentCalls = true, trigger } = source
  const widgets: [string, WidgetSource][] = Object.entries(source.widgets)
  for (const [widget] of widgets) checkName(name, widget)
  return {
    name,
    definition: {
      ...(description === undefined ? {} : { description }),
      states: [
        triggerState(trigger.on, trigger.at),
        ...widgets.map(([widget, of]) => stateOf(widget, of)),
      ],
      initial_state: 'Trigger',
      flags: { allow_concurrent_calls: allowConcurrentCalls },
    },
  }
}

// `Trigger` is the trigger’s own, and `Ended` is what steps say after the last widget.
const taken = ['Trigger', 'Ended']
const longestName = 64

function checkName(flow: string, widget: string): void {
  if (taken.includes(widget)) throw new FlowSourceError(flow, widget, 'is a name of Studio’s own')
  if (!/^[A-Za-z][A-Za-z0-9_-]*$/.test(widget) || widget.length > longestName) {
    const wanted = `takes letters, digits, _ and -, a letter first, ${longestName} at most`
    throw new FlowSourceError(flow, widget, `is no name of a widget, which ${wanted}`)
  }
}
