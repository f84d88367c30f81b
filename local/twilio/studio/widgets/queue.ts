import type { Arrival, Outcome, Step } from '../execution/widget.ts'
import { readFlexAttributes, UnusableAttributes } from './flex-task.ts'
import { element, escaped } from './twiml.ts'

// FlowEvent of the request for what comes after the queue.
const LEFT = 'queueLeft'
// For how long that request may still come when the caller has hung up.
const AFTER_HANG_UP_SECONDS = 15

/** Where a call waits: in the queue that a workflow chooses, or in one of that name. */
export type Waiting = {
  readonly workflowSid: string
  readonly queueName?: string
  /** Name of the property that holds the attributes of the workflow's task. */
  readonly attributes: string
  readonly waitUrl: string
  readonly waitUrlMethod: string
}

/** Puts the execution's call into a queue. */
export function enqueue(step: Step, waiting: Waiting): Outcome {
  const { workflowSid, queueName = '', waitUrl, waitUrlMethod } = waiting
  const queue = { workflowSid, action: step.callbackUrl(LEFT), waitUrl, waitUrlMethod }
  if (workflowSid === '') {
    return { kind: 'wait', twiml: element('Enqueue', queue, escaped(queueName)) }
  }
  try {
    const attributes = escaped(JSON.stringify(readFlexAttributes(step, waiting.attributes)))
    const options = { priority: step.integer('priority'), timeout: step.integer('timeout') }
    return { kind: 'wait', twiml: element('Enqueue', queue, element('Task', options, attributes)) }
  } catch (error) {
    if (!(error instanceof UnusableAttributes)) throw error
    step.alert(81015, `the task was not created: ${error.message}`)
    return { kind: 'exit', event: 'failedToEnqueue' }
  }
}

/** What a step in a queue makes of what arrives. */
export function leaveQueue(_: Step, arrival: Arrival): Outcome | undefined {
  switch (arrival.kind) {
    case 'callback': {
      if (arrival.event !== LEFT) return undefined
      const event = exitOf(String(arrival.fields['QueueResult']))
      return { kind: 'exit', event, outputs: arrival.fields }
    }
    case 'call-ended':
      return { kind: 'wait', seconds: AFTER_HANG_UP_SECONDS }
    case 'timeout':
      return { kind: 'exit', event: 'callFailure' }
    default:
      return undefined
  }
}

function exitOf(queueResult: string): string {
  if (queueResult === 'system-error') return 'callFailure'
  return ['queue-full', 'error'].includes(queueResult) ? 'failedToEnqueue' : 'callComplete'
}
