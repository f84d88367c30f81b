import type { Outcome, Step, Widget } from '../execution/widget.ts'
import { makeFlexTask, readFlexAttributes, UnusableAttributes } from './flex-task.ts'

// FlowEvent of the request for what comes after the queue.
const LEFT = 'queueLeft'
// For how long that request may still come when the caller has hung up.
const AFTER_HANG_UP_SECONDS = 15

/**
 * Hands the contact to the agents. A call waits in the workflow's queue and comes back when it leaves it; of a message or a
 * conversation a task is made, and the flow goes on at once.
 */
export const sendToFlex: Widget = {
  start(step) {
    if (step.callSid !== undefined) return enqueue(step)
    if (step.execution.startedBy !== 'call') return makeFlexTask(step)
    step.alert(81020, 'the call is over')
    return { kind: 'exit', event: 'callFailure' }
  },
  resume(_, arrival) {
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
  },
}

function enqueue(step: Step): Outcome {
  try {
    const task = JSON.stringify(readFlexAttributes(step))
    const priority = step.integer('priority')
    const timeout = step.integer('timeout')
    const queue = attributes({
      workflowSid: step.text('workflow'),
      action: step.callbackUrl(LEFT),
      waitUrl: step.text('waitUrl'),
      waitUrlMethod: step.text('waitUrlMethod'),
    })
    const options = attributes({
      priority: priority === undefined ? '' : String(priority),
      timeout: timeout === undefined ? '' : String(timeout),
    })
    return {
      kind: 'wait',
      twiml: `<Enqueue${queue}><Task${options}>${escaped(task)}</Task></Enqueue>`,
    }
  } catch (error) {
    if (!(error instanceof UnusableAttributes)) throw error
    step.alert(81015, `the task was not created: ${error.message}`)
    return { kind: 'exit', event: 'failedToEnqueue' }
  }
}

function exitOf(queueResult: string): string {
  if (queueResult === 'system-error') return 'callFailure'
  return ['queue-full', 'error'].includes(queueResult) ? 'failedToEnqueue' : 'callComplete'
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join('')
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
