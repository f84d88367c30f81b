import type { Engine } from '../execution/engine.ts'
import type { ExecutionStore } from '../execution/execution-store.ts'
import { type Answering, CONTINUE, twimlDocument } from '../execution/reply.ts'
import type { FlowLibrary } from '../execution/surroundings.ts'
import type { StartPace } from '../start-pace.ts'
import { escaped } from '../widgets/twiml.ts'

/** What a call at a flow webhook needs. */
export type CallTriggerOptions = {
  readonly engine: Engine
  readonly store: ExecutionStore
  readonly flows: FlowLibrary
  readonly pace: StartPace
}

/** A request of a call, with the fields of its webhook. */
export type CallRequest = {
  readonly flowSid: string
  readonly fields: Readonly<Record<string, string>>
  readonly answering: Answering
}

const final = ['completed', 'busy', 'no-answer', 'failed', 'canceled']
const outOfService = `<Say>${escaped('This number is out of service. Please try again later.')}</Say><Hangup/>`

/**
 * A call reaches a flow: the first request begins an execution, later ones go to it. False: there is no such flow, or none that is
 * published. Throws a `TwilioRefusal` when executions are started too fast.
 */
export function receiveCallRequest(
  { flowSid, fields, answering }: CallRequest,
  { engine, store, flows, pace }: CallTriggerOptions,
): boolean {
  const { CallSid: callSid = '', From: contact = '', To: channel = '' } = fields
  // The end of a call is heard of by itself, and what is told of it afterwards begins nothing.
  if (final.includes(fields['CallStatus'] ?? '')) {
    answering.send(twimlDocument(''))
    return true
  }
  const active = store.ofCall(flowSid, callSid)
  if (active) {
    engine.deliver(active, { arrival: { kind: 'callback', event: '', fields }, answering })
    return true
  }
  const draft = flows.isTestUser(flowSid, contact)
  const flow = flows.find(flowSid, draft ? 'LatestDraft' : 'LatestPublished')
  if (!flow) return false
  const concurrent = flow.definition.flags?.allow_concurrent_calls ?? false
  if (!concurrent && store.active(flowSid, contact).length > 0) {
    answering.send(twimlDocument(outOfService))
    return true
  }
  pace.count()
  engine.begin({
    flow,
    startedBy: 'call',
    contact,
    channel,
    initiatedBy: callSid,
    trigger: fields,
    callSid,
    answering,
  })
  return true
}

/** A request for an address that a widget made, or that another application sends a call back to. */
export function receiveCallback(
  { flowSid, fields, answering }: CallRequest,
  { engine, store }: Pick<CallTriggerOptions, 'engine' | 'store'>,
): void {
  const { FlowEvent: event = '', ExecutionSid, StepSid: stepSid, ...rest } = fields
  const { CallSid: callSid, From: contact = '' } = rest
  const ofContact = () => store.active(flowSid, contact).findLast((each) => each.callSid === null)
  const meant = callSid ? store.ofCall(flowSid, callSid) : ofContact()
  const execution = ExecutionSid ? store.get(ExecutionSid) : meant
  if (!execution || execution.status === 'ended') {
    answering.send(twimlDocument(''))
  } else if (event === CONTINUE) {
    answering.send(engine.document(execution))
  } else if (callSid === undefined && ExecutionSid) {
    // What is told of a message on its way wants no verbs.
    engine.deliver(execution, { arrival: { kind: 'callback', event, fields: rest }, stepSid })
    answering.send(twimlDocument(''))
  } else {
    const arrival = { kind: 'callback', event, fields: rest } as const
    engine.deliver(execution, { arrival, answering, stepSid })
  }
}
