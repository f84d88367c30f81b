import type { FlowState } from '../../../../schemas/index.ts'
import { codes, TwilioRefusal } from '../../rest/refusal.ts'
import { announceStep } from './announce.ts'
import { type EndedReason, type Execution, renewed, type StepRecord, sceneOf } from './execution.ts'
import { presentFrame, type Run } from './run.ts'
import { alertOf } from './step.ts'
import type { Surroundings } from './surroundings.ts'
import type { Outcome, Values } from './widget.ts'

const MOST_STEPS = 1_000
const MOST_REPEATS = 10

/** What settling needs beyond the surroundings. */
export type Settling = Surroundings & {
  end(execution: Execution, reason: EndedReason): void
  /** A `timeout` arrives then. */
  armTimer(run: Run, until: number): void
}

type Exit = Outcome & { kind: 'exit' }

/** Does what a widget asked for. Afterwards the execution waits, has a next widget, or has ended. */
export function settle(run: Run, outcome: Outcome, settling: Settling): void {
  switch (outcome.kind) {
    case 'exit':
      takeExit(run, outcome, settling)
      break
    case 'wait':
      wait(run, outcome, settling)
      break
    case 'subflow':
      enter(run, outcome, settling)
      break
    case 'failed':
      stop(run, outcome.code, outcome.text, settling, 'FAILED')
      break
    default:
      throw new Error(`no such outcome: ${JSON.stringify(outcome satisfies never)}`)
  }
}

/** What an error that a widget did not expect comes to: the execution ends with an alert, and no other is touched. */
export function outcomeOfError(error: unknown): Outcome {
  const code = error instanceof TwilioRefusal ? error.code : codes.serverError
  return { kind: 'failed', code, text: error instanceof Error ? error.message : String(error) }
}

function takeExit(run: Run, exit: Exit, settling: Settling): void {
  const { execution } = run
  const frame = presentFrame(execution)
  const state = stateOf(run, settling)
  const { outputs, variables, trigger, event } = exit
  const transition = exit.transition ?? state?.transitions.find((each) => each.event === event)
  const next = transition?.next || null
  run.timer?.cancel()
  run.timer = null
  execution.waiting = null
  if (outputs) frame.widgets[frame.state] = renewed(frame.widgets[frame.state], outputs)
  if (variables) Object.assign(frame.variables, variables)
  if (trigger) frame.trigger = { ...frame.trigger, ...trigger }
  const now = settling.context.clock.now()
  const step: StepRecord = {
    sid: frame.stepSid,
    scene: frame.scene,
    name: event,
    from: frame.state,
    to: next ?? 'Ended',
    type: state?.type ?? '',
    at: now,
    channel: execution.channel,
    ...(outputs && { outputs }),
    ...(variables && { variables }),
    ...(trigger && { trigger }),
  }
  execution.steps.push(step)
  execution.updatedAt = now
  announceStep(execution, step, settling)
  execution.repeats = next === frame.state ? execution.repeats + 1 : 0
  if (next === null && execution.frames.length === 1) {
    settling.end(execution, 'FLOW_END')
  } else if (execution.repeats >= MOST_REPEATS) {
    stop(run, 81001, `ran ${MOST_REPEATS} times in a row`, settling)
  } else if (execution.steps.length >= MOST_STEPS) {
    stop(run, 81000, `the execution took ${MOST_STEPS} steps`, settling)
  } else if (next === null) {
    leaveSubflow(run)
  } else {
    frame.state = next
    frame.stepSid = settling.context.newSid('FT')
  }
}

/** The end of a sub-flow: the widget that runs it goes on. */
function leaveSubflow(run: Run): void {
  const { variables } = presentFrame(run.execution)
  run.execution.frames.pop()
  tellParent(run, variables)
}

/** The step that runs a sub-flow hears how it went, before anything else that has arrived. */
function tellParent(run: Run, variables: Values, problem?: string): void {
  run.execution.waiting = { memory: undefined, until: null }
  run.inbox.unshift({ arrival: { kind: 'subflow-ended', variables, ...(problem && { problem }) } })
}

function wait(run: Run, outcome: Outcome & { kind: 'wait' }, settling: Settling): void {
  const { execution, reply } = run
  const { seconds, memory, twiml } = outcome
  const { clock } = settling.context
  const before = execution.waiting
  const until = seconds === undefined ? (before?.until ?? null) : clock.now() + seconds * 1_000
  execution.waiting = { memory: memory ?? before?.memory, until }
  if (seconds !== undefined && until !== null) settling.armTimer(run, until)
  if (twiml === undefined) {
    reply.hold()
  } else if (reply.say(twiml)) {
    // Whoever listens is heard of again.
  } else if (execution.callIsOver) {
    stop(run, 81002, 'the call has ended', settling, 'HANGUP')
  } else {
    const text = `has no call to act on: the flow began with a ${execution.startedBy}`
    stop(run, 81020, text, settling, 'FAILED')
  }
}

function enter(run: Run, outcome: Outcome & { kind: 'subflow' }, settling: Settling): void {
  const { execution } = run
  const { flowSid, revision, parameters } = outcome
  const frame = presentFrame(execution)
  if (execution.frames.length > 1) {
    tellParent(run, {}, 'a sub-flow cannot run another one')
    return
  }
  const flow = settling.flows.find(flowSid, revision)
  if (!flow) {
    tellParent(run, {}, `there is no ${revision} of flow ${flowSid}`)
    return
  }
  const trigger: Values = {
    ...frame.trigger,
    parent: {
      parameters,
      execution_sid: execution.sid,
      flow_sid: execution.flowSid,
      step_sid: frame.stepSid,
      trigger_type: execution.startedBy,
    },
  }
  const { stepSid: parentStepSid } = frame
  execution.scenes.push({ flowSid, revision: flow.revision, parentStepSid, trigger })
  execution.waiting = null
  execution.frames.push({
    scene: execution.scenes.length - 1,
    state: flow.definition.initial_state,
    stepSid: settling.context.newSid('FT'),
    trigger,
    variables: {},
    widgets: {},
  })
}

function stop(
  { execution }: Run,
  code: number,
  text: string,
  settling: Settling,
  reason: EndedReason = 'MAX_STEPS',
): void {
  alertOf(execution, presentFrame(execution).state, code, text, settling.context)
  settling.end(execution, reason)
}

function stateOf({ execution }: Run, { flows }: Settling): FlowState | undefined {
  const frame = presentFrame(execution)
  const { flowSid, revision } = sceneOf(execution, frame)
  return flows.find(flowSid, revision)?.states.get(frame.state)
}
