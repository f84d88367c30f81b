import { Type } from '../../schemas/index.ts'

/** What a conversation tells of after it has happened. */
export const conversationEvents = [
  'onMessageAdded',
  'onMessageUpdated',
  'onMessageRemoved',
  'onConversationUpdated',
  'onConversationStateUpdated',
  'onConversationRemoved',
  'onParticipantAdded',
  'onParticipantUpdated',
  'onParticipantRemoved',
  'onDeliveryUpdated',
] as const

/** What a service tells of: also what is about to happen, which the webhook may change or refuse. */
export const serviceEvents = [
  ...conversationEvents,
  'onConversationAdded',
  'onMessageAdd',
  'onMessageUpdate',
  'onMessageRemove',
  'onConversationAdd',
  'onConversationUpdate',
  'onConversationRemove',
  'onParticipantAdd',
  'onParticipantUpdate',
  'onParticipantRemove',
] as const

/** What the account tells of, with the older names of two events. */
export const accountEvents = [
  ...serviceEvents,
  'onMessageSend',
  'onMessageSent',
  'onUserAdded',
  'onUserUpdate',
  'onUserUpdated',
] as const

/** Whether an event is told of after it has happened; others ask before. */
export function isTold(event: string): boolean {
  return event.endsWith('ed') || event === 'onMessageSent'
}

/** A set of events. */
export function eventSet<const Event extends string>(
  events: readonly Event[],
  description: string,
) {
  const event = Type.Unsafe<Event>(Type.String({ enum: [...events] }))
  return Type.Optional(Type.Array(event, { default: [], description }))
}
