import type { TriggerKind, Widget } from '../execution/widget.ts'

const exits: Readonly<Record<TriggerKind, string>> = {
  call: 'incomingCall',
  message: 'incomingMessage',
  conversation: 'incomingConversationMessage',
  request: 'incomingRequest',
}

/** Where every flow begins: takes the exit of what started it. */
export const trigger: Widget = {
  start: ({ isNested, execution }) => ({
    kind: 'exit',
    event: isNested ? 'incomingParent' : exits[execution.startedBy],
  }),
}
