import { mostWidgets } from '../../../../schemas/index.ts'
import { announceExecution } from './announce.ts'
import { type Beginning, newExecution } from './beginning.ts'
import { type EndedReason, type Execution, sceneOf } from './execution.ts'
import { closeOwnConversation } from './own-conversation.ts'
import { createReply, twimlDocument } from './reply.ts'
import { type Delivery, presentFrame, type Run } from './run.ts'
import { outcomeOfError, settle } from './settle.ts'
import { alertOf, createStep } from './step.ts'
import type { Surroundings } from './surroundings.ts'
import type { Arrival, Outcome } from './widget.ts'
import { countWidgets } from './widget-count.ts'

/** Runs flows. */
export interface Engine {
  /** Starts an execution and runs it until it waits or ends. */
  begin(beginning: Beginning): Execution
  /** Hands over what arrived; at once when the execution waits, else when it does again. */
  deliver(execution: Execution, delivery: Delivery): void
  end(execution: Execution, reason: EndedReason): void
  /** What the webhook that its present step waits for was answered. */
  document(execution: Execution): string
  /** Goes on with one of a snapshot. */
  resume(execution: Execution): void
  close(): void
}

/** An engine without executions. */
export function createEngine(surroundings: Surroundings): Engine {
  const { context, ports, store, flows } = surroundings
  const { clock } = context
  const runs = new Map<string, Run>()

  const engine: Engine = {
    begin(beginning) {
      const execution = newExecution(beginning, surroundings)
      const run = open(execution)
      store.add(execution)
      announceExecution(execution, surroundings)
      if (beginning.callSid) listenTo(beginning.callSid, execution)
      if (beginning.answering) run.reply.expect(beginning.answering)
      const { definition } = beginning.flow
      const count = countWidgets(definition.states, flows, execution.isTestUser)
      if (count > mostWidgets) {
        const text = `the flow has ${count} widgets, with its sub-flows; at most ${mostWidgets} run`
        alertOf(execution, definition.initial_state, 81026, text, context)
        engine.end(execution, 'FAILED')
      }
      goOn(run)
      return execution
    },
    deliver(execution, delivery) {
      const run = runs.get(execution.sid)
      const { arrival, answering } = delivery
      if (!run) {
        answering?.send(twimlDocument(''))
      } else if (arrival.kind === 'message' && !execution.waiting) {
        // It came before anybody asked, so it is no reply to what is asked later.
        const { state } = presentFrame(execution)
        alertOf(execution, state, 81002, 'a message came, which no transition can take', context)
        answering?.send(twimlDocument(''))
      } else handOver(run, delivery)
    },
    end(execution, reason) {
      if (execution.status === 'ended') return
      const run = runs.get(execution.sid)
      run?.timer?.cancel()
      run?.reply.end()
      for (const { answering } of run?.inbox.splice(0) ?? []) answering?.send(twimlDocument(''))
      execution.status = 'ended'
      execution.updatedAt = clock.now()
      execution.waiting = null
      execution.frames = []
      runs.delete(execution.sid)
      store.ended(execution)
      announceExecution(execution, surroundings, reason)
      closeOwnConversation(execution, surroundings)
    },
    document: (execution) => runs.get(execution.sid)?.reply.document ?? '',
    resume(execution) {
      const run = open(execution)
      if (execution.callSid !== null && !execution.callIsOver) {
        return engine.end(execution, 'HANGUP')
      }
      const until = execution.waiting?.until
      if (until !== undefined && until !== null) armTimer(run, until)
      goOn(run)
    },
    close() {
      for (const { timer } of runs.values()) timer?.cancel()
      runs.clear()
      store.close()
    },
  }
  return engine

  function open(execution: Execution): Run {
    const reply = createReply(execution, surroundings)
    const run: Run = { execution, reply, inbox: [], busy: false, timer: null }
    runs.set(execution.sid, run)
    return run
  }

  function handOver(run: Run, delivery: Delivery): void {
    run.inbox.push(delivery)
    goOn(run)
  }

  function goOn(run: Run): void {
    if (run.busy) return
    run.busy = true
    const { execution } = run
    while (execution.status === 'active') {
      const outcome = nextOutcome(run)
      if (outcome === undefined) break
      if (outcome instanceof Promise) {
        void clock.track(outcome.then(undefined, outcomeOfError).then((kept) => later(run, kept)))
        return
      }
      apply(run, outcome)
    }
    run.busy = false
  }

  // The execution may have been ended while the request was under way.
  function later(run: Run, outcome: Outcome | undefined): void {
    run.busy = false
    if (run.execution.status === 'ended') return
    if (outcome) apply(run, outcome)
    goOn(run)
  }

  /** What the present widget makes of its start, or of the first that arrived; undefined when there is nothing to do. */
  function nextOutcome(run: Run): ReturnType<typeof act> {
    const { execution, inbox } = run
    if (!execution.waiting) return act(run)
    for (let item = inbox.shift(); item; item = inbox.shift()) {
      const { stepSid, answering, arrival } = item
      if (stepSid !== undefined && stepSid !== presentFrame(execution).stepSid) {
        answering?.send(twimlDocument(''))
        continue
      }
      if (answering) run.reply.expect(answering)
      return act(run, arrival)
    }
    return undefined
  }

  function act(run: Run, arrival?: Arrival): Outcome | Promise<Outcome> | undefined {
    const { execution } = run
    const frame = presentFrame(execution)
    const { flowSid, revision } = sceneOf(execution, frame)
    const state = flows.find(flowSid, revision)?.states.get(frame.state)
    if (!state) return unknown(`is not in revision ${revision} of flow ${flowSid}`)
    const widget = surroundings.widgets.get(state.type)
    if (!widget) return unknown(`is a ${state.type}, which the local Twilio does not run`)
    const step = createStep(execution, frame, state, surroundings, {
      takeCall(callSid) {
        run.reply.end()
        execution.callSid = callSid
        execution.callIsOver = false
        store.moved(execution)
        listenTo(callSid, execution)
      },
      leaveCall() {
        execution.callSid = null
        store.moved(execution)
      },
    })
    try {
      if (!arrival) return widget.start(step)
      if (arrival.kind === 'call-ended') execution.callIsOver = true
      return widget.resume?.(step, arrival) ?? unusable(run, arrival)
    } catch (error) {
      return outcomeOfError(error)
    }
  }

  /** Nothing the widget waits for: the end of a call is the end, a message is left aside. */
  function unusable(run: Run, arrival: Arrival): Outcome {
    const { execution, reply } = run
    const { state } = presentFrame(execution)
    const text = `${wordsFor(arrival)}, which no transition can take`
    alertOf(execution, state, 81002, text, context)
    if (arrival.kind === 'call-ended') engine.end(execution, 'HANGUP')
    else reply.hold()
    return { kind: 'wait' }
  }

  function apply(run: Run, outcome: Outcome): void {
    if (run.execution.status === 'ended') return
    settle(run, outcome, { ...surroundings, end: engine.end, armTimer })
  }

  function armTimer(run: Run, until: number): void {
    run.timer?.cancel()
    const { stepSid } = presentFrame(run.execution)
    run.timer = clock.schedule(until, () =>
      handOver(run, { arrival: { kind: 'timeout' }, stepSid }),
    )
  }

  function listenTo(callSid: string, execution: Execution): void {
    ports.onCallEnd(callSid, (status) => {
      if (execution.callSid !== callSid) return
      engine.deliver(execution, { arrival: { kind: 'call-ended', status } })
    })
  }
}

// Twilio has no code for what only this program cannot do: the one of a widget that is not usable is the nearest.
function unknown(text: string): Outcome {
  return { kind: 'failed', code: 81020, text }
}

function wordsFor(arrival: Arrival): string {
  switch (arrival.kind) {
    case 'callback':
      return `FlowEvent=${arrival.event} came`
    case 'message':
      return 'a message came'
    case 'call-ended':
      return `the call ended (${arrival.status})`
    case 'timeout':
      return 'its time was up'
    case 'subflow-ended':
      return 'a sub-flow ended'
    default:
      throw new Error(`no words for ${JSON.stringify(arrival satisfies never)}`)
  }
}
