import type { Beginning } from '../execution/beginning.ts'
import type { Engine } from '../execution/engine.ts'
import type { ExecutionStore } from '../execution/execution-store.ts'
import type { Answering } from '../execution/reply.ts'
import type { FlowLibrary } from '../execution/surroundings.ts'
import type { StartPace } from '../start-pace.ts'

/** What a message at a flow webhook needs. */
export type MessageTriggerOptions = {
  readonly engine: Pick<Engine, 'begin' | 'deliver'>
  readonly store: Pick<ExecutionStore, 'active'>
  readonly flows: FlowLibrary
  readonly pace: StartPace
}

/** A message at a flow webhook, with the fields of its webhook. */
export type InboundMessage = {
  readonly flowSid: string
  readonly fields: Readonly<Record<string, string>>
  readonly answering: Answering
}

/**
 * A text message, or one of a conversation, reaches a flow: it goes to the contact's active execution, whose waiting widget
 * takes it or not (81002), or else begins one. False: there is no such flow, or none that is published. Throws a `TwilioRefusal`
 * when executions are started too fast.
 */
export function receiveMessage(
  { flowSid, fields, answering }: InboundMessage,
  { engine, store, flows, pace }: MessageTriggerOptions,
): boolean {
  const { ConversationSid: conversationSid, MessageSid: initiatedBy = '' } = fields
  const contact = fields['From'] || fields['Author'] || ''
  const source = conversationSid ? 'conversation' : 'message'
  // Calls may have begun several: the latest is the one that the contact means.
  const active = store.active(flowSid, conversationSid ?? contact).at(-1)
  if (active) {
    engine.deliver(active, { arrival: { kind: 'message', source, fields }, answering })
    return true
  }
  const revision = flows.isTestUser(flowSid, contact) ? 'LatestDraft' : 'LatestPublished'
  const flow = flows.find(flowSid, revision)
  if (!flow) return false
  const beginning: Beginning = {
    flow,
    startedBy: source,
    contact,
    channel: fields['To'] ?? '',
    initiatedBy,
    trigger: fields,
    answering,
    ...(conversationSid && { conversationSid }),
  }
  pace.count()
  engine.begin(beginning)
  return true
}
