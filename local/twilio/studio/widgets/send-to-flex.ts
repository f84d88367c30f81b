import type { Widget } from '../execution/widget.ts'
import { makeFlexTask } from './flex-task.ts'
import { enqueue, leaveQueue } from './queue.ts'

/**
 * Hands the contact to the agents. A call waits in the workflow's queue and comes back when it leaves it; of a message or a
 * conversation a task is made, and the flow goes on at once.
 */
export const sendToFlex: Widget = {
  start(step) {
    if (step.callSid !== undefined) {
      return enqueue(step, {
        workflowSid: step.text('workflow'),
        attributes: 'attributes',
        waitUrl: step.text('waitUrl'),
        waitUrlMethod: step.text('waitUrlMethod'),
      })
    }
    if (step.execution.startedBy !== 'call') return makeFlexTask(step)
    step.alert(81020, 'the call is over')
    return { kind: 'exit', event: 'callFailure' }
  },
  resume: leaveQueue,
}
