import type { Execution } from './execution.ts'
import type { Answering } from './reply.ts'
import type { RunnableFlow, Surroundings } from './surroundings.ts'
import type { TriggerKind, Values } from './widget.ts'

/** How an execution begins. */
export type Beginning = {
  readonly flow: RunnableFlow
  readonly startedBy: TriggerKind
  readonly contact: string
  /** `flow.channel.address` */
  readonly channel: string
  readonly initiatedBy: string
  /** `trigger.<kind>` */
  readonly trigger: Values
  readonly data?: Values
  readonly callSid?: string
  readonly conversationSid?: string
  /** The webhook that started it. */
  readonly answering?: Answering
}

/** An execution before its first step. */
export function newExecution(
  beginning: Beginning,
  { context: { clock, newSid: sid }, flows }: Surroundings,
): Execution {
  const { flow, contact, startedBy, initiatedBy, trigger, data = null } = beginning
  const now = clock.now()
  return {
    sid: sid('FN'),
    flowSid: flow.sid,
    revision: flow.revision,
    contact,
    startedBy,
    initiatedBy,
    isTestUser: flows.isTestUser(flow.sid, contact),
    startedAt: now,
    data,
    status: 'active',
    updatedAt: null,
    channel: { address: beginning.channel },
    scenes: [
      {
        flowSid: flow.sid,
        revision: flow.revision,
        parentStepSid: null,
        trigger: { [startedBy]: trigger },
      },
    ],
    steps: [],
    frames: [
      {
        scene: 0,
        state: flow.definition.initial_state,
        stepSid: sid('FT'),
        trigger: { [startedBy]: trigger },
        variables: {},
        widgets: {},
      },
    ],
    waiting: null,
    repeats: 0,
    callSid: beginning.callSid ?? null,
    callIsOver: false,
    conversationSid: beginning.conversationSid ?? null,
  }
}
