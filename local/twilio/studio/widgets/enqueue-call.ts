import type { Widget } from '../execution/widget.ts'
import { enqueue, leaveQueue } from './queue.ts'
import { voiceWidget } from './voice-step.ts'

/** Puts the call into a queue: a workflow's, with a task, or one of its own name. */
export const enqueueCall: Widget = voiceWidget({
  start: (step) =>
    enqueue(step, {
      workflowSid: step.text('workflow_sid'),
      queueName: step.text('queue_name'),
      attributes: 'task_attributes',
      waitUrl: step.text('wait_url'),
      // The verb alone would ask by POST.
      waitUrlMethod: step.text('wait_url_method') || 'GET',
    }),
  resume: leaveQueue,
})
