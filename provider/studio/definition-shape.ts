import { Type } from '../../schemas/index.ts'

const condition = Type.Object({
  friendly_name: Type.String({ description: 'what the editor shows of it' }),
  arguments: Type.Array(Type.String(), {
    description: 'templates whose values are compared, {{widgets.menu.Digits}}',
  }),
  type: Type.String({ description: 'how they are compared: equal_to, contains, regex …' }),
  value: Type.String({ description: 'what they are compared with' }),
})

const transition = Type.Object({
  event: Type.String({ description: 'what happened in the widget: incomingCall, keypress …' }),
  next: Type.Optional(
    Type.String({ description: 'name of the next widget; absent: the flow ends' }),
  ),
  conditions: Type.Optional(
    Type.Array(condition, { description: 'event match only: all of them hold' }),
  ),
})

const widget = Type.Object({
  name: Type.String({ description: 'unique in the flow; templates call it widgets.<name>' }),
  type: Type.String({ description: 'kind of the widget: say-play, gather-input-on-call …' }),
  transitions: Type.Array(transition, { description: 'where it leads' }),
  properties: Type.Record(Type.String(), Type.Unknown(), {
    description: 'what it does; each type has its own',
  }),
})

/** What a flow's definition consists of, for the package's schema: `checkFlow` says what is wrong with one. */
export const definitionShape = Type.Object({
  description: Type.Optional(Type.String({ description: 'what the flow is for' })),
  states: Type.Array(widget, { description: 'the widgets, the trigger among them' }),
  initial_state: Type.String({ description: 'name of the trigger' }),
  flags: Type.Optional(
    Type.Object(
      {
        allow_concurrent_calls: Type.Optional(
          Type.Boolean({ description: 'whether one caller may have several live calls' }),
        ),
      },
      { description: 'settings of the whole flow' },
    ),
  ),
})
