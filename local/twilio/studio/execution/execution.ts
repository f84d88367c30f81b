import type { FlowState } from '../../../../schemas/index.ts'
import { isObject } from '../../rest/json-parameter.ts'
import type { TriggerKind, Values } from './widget.ts'

/** Why an execution is over. Twilio prints only the first; the others are this program's words. */
export type EndedReason = 'FLOW_END' | 'STOPPED' | 'HANGUP' | 'EXPIRED' | 'MAX_STEPS' | 'FAILED'

/** What steps of one flow within an execution see that they do not change: one of the execution itself, one a sub-flow's run. */
export type Scene = {
  readonly flowSid: string
  readonly revision: number
  readonly parentStepSid: string | null
  /** `trigger.*` as it was in the beginning. */
  readonly trigger: Values
}

/** One transition taken. What it changed is kept, so that the context after it can be told. */
export type StepRecord = {
  readonly sid: string
  /** Index of its scene. */
  readonly scene: number
  /** The event. */
  readonly name: string
  readonly from: string
  /** The next widget, or `Ended`. */
  readonly to: string
  /** Of the widget left. */
  readonly type: string
  readonly at: number
  readonly outputs?: Values
  readonly variables?: Values
  readonly trigger?: Values
  readonly channel?: Values
}

/** A flow that runs: the execution's own, or a sub-flow within a step of it. */
export type Frame = {
  readonly scene: number
  state: string
  /** SID of the step that is under way. */
  stepSid: string
  trigger: Values
  // Added to in place: a copy for every step would cost more the longer the execution.
  readonly variables: Record<string, unknown>
  readonly widgets: Record<string, unknown>
}

/** One contact's way through a flow. Plain JSON: what a snapshot holds. */
export type Execution = {
  readonly sid: string
  readonly flowSid: string
  readonly revision: number
  readonly contact: string
  readonly startedBy: TriggerKind
  /** CA…, SM…, IM… or the request. */
  readonly initiatedBy: string
  readonly isTestUser: boolean
  readonly startedAt: number
  /** `flow.data`, of a start by REST. */
  readonly data: Values | null
  status: 'active' | 'ended'
  updatedAt: number | null
  /** `flow.channel` */
  channel: Values
  readonly scenes: Scene[]
  readonly steps: StepRecord[]
  /** The flow that runs now last; empty when it has ended. */
  frames: Frame[]
  /** Set while the step waits. */
  waiting: { memory: unknown; until: number | null } | null
  /** How often the present widget has run without another one between. */
  repeats: number
  callSid: string | null
  callIsOver: boolean
  conversationSid: string | null
  /** Whether that conversation ends with the execution. */
  closesConversation?: boolean
}

/** The scene of a frame or of a step. */
export function sceneOf(execution: Execution, { scene }: { readonly scene: number }): Scene {
  const found = execution.scenes[scene]
  if (!found) throw new Error(`Execution ${execution.sid} has no scene ${scene}`)
  return found
}

/** What a template of that frame sees; also the context that REST shows. */
export function contextOf(
  execution: Execution,
  scene: Scene,
  live: Pick<Frame, 'variables' | 'widgets' | 'trigger'> & { readonly channel: Values },
): Values {
  const { sid, contact, data } = execution
  const { variables, widgets, trigger, channel } = live
  return {
    flow: {
      flow_sid: scene.flowSid,
      sid,
      channel,
      variables,
      ...(data && { data }),
    },
    contact: { channel: { address: contact } },
    trigger,
    widgets,
  }
}

/** The context after a step (the latest when it is not named), from what the steps of its flow have changed. */
export function contextAfter(execution: Execution, step = execution.steps.at(-1)): Values {
  const scene = sceneOf(execution, { scene: step?.scene ?? 0 })
  let { trigger } = scene
  const variables: Record<string, unknown> = {}
  const widgets: Record<string, unknown> = {}
  let channel: Values = firstChannel(execution)
  for (const each of execution.steps) {
    channel = { ...channel, ...each.channel }
    if (each.scene === step?.scene) {
      trigger = { ...trigger, ...each.trigger }
      Object.assign(variables, each.variables)
      if (each.outputs) widgets[each.from] = renewed(widgets[each.from], each.outputs)
    }
    if (each === step) break
  }
  return contextOf(execution, scene, { variables, widgets, trigger, channel })
}

/**
 * The values of a widget after another pass. What an earlier one left stays, also within `parsed`: see
 * https://www.twilio.com/docs/studio/widget-library/run-function, “multiple times”.
 */
export function renewed(found: unknown, outputs: Values): Values {
  const before = isObject(found) ? found : {}
  const { parsed: old } = before
  const { parsed: fresh } = outputs
  const parsed = isObject(old) && isObject(fresh) ? { parsed: { ...old, ...fresh } } : {}
  return { ...before, ...outputs, ...parsed }
}

function firstChannel({ channel }: Execution): Values {
  return { address: channel['address'] }
}

/** The states of a definition by name. */
export type States = ReadonlyMap<string, FlowState>
