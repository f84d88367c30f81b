import { controlWidgets } from './widgets/control.ts'
import { machineWidgets } from './widgets/machines.ts'
import { messageWidgets } from './widgets/messages.ts'
import type { PropertyType, WidgetDescription } from './widgets/property.ts'
import { taskWidgets } from './widgets/tasks.ts'
import { voiceWidgets } from './widgets/voice.ts'

/** What a definition may say of a widget of one type. */
export type Widget = {
  readonly required: readonly string[]
  readonly properties: Readonly<Record<string, PropertyType>>
  /** The values of properties that have only these. */
  readonly choices: Readonly<Record<string, readonly string[]>>
  readonly events: readonly string[]
}

/** Every widget whose properties and exits are known, by the `type` of its state; the builder of flows takes its types from here. */
export const widgetDescriptions = {
  ...controlWidgets,
  ...voiceWidgets,
  ...messageWidgets,
  ...taskWidgets,
  ...machineWidgets,
} as const

/** The descriptions as types. */
export type WidgetDescriptions = typeof widgetDescriptions

/** The same for who checks a definition. */
export const widgets: Readonly<Record<string, Widget>> = table(
  Object.entries<WidgetDescription>(widgetDescriptions).map(([type, description]) => [
    type,
    widget(description),
  ]),
)

/** Every `type` that Studio is known to have; of those without an entry above only the type itself is checked. */
export const widgetTypes: readonly string[] = [
  ...Object.keys(widgets),
  'add-member-to-chat-channel',
  'create-chat-channel',
  'create-task',
  'run-function-v2',
  'understand',
  'update-sync-object',
]

function widget({ required, optional, exits }: WidgetDescription): Widget {
  const properties = Object.entries({ ...required, ...optional })
  return {
    required: Object.keys(required),
    properties: table(properties.map(([name, { type }]) => [name, type])),
    choices: table(
      properties.flatMap(([name, { choices }]) => (choices ? [[name, choices] as const] : [])),
    ),
    events: Object.keys(exits),
  }
}

// Looked up by names from outside, `constructor` among them.
function table<T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> {
  return Object.assign(Object.create(null), Object.fromEntries(entries))
}
