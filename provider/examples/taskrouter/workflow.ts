import * as twilio from '@pulumi/twilio'

const { sid: workspaceSid } = new twilio.taskrouter.Workspace('workflow-support', {
  friendlyName: 'Support in tiers',
})
const queue = (name: string, targetWorkers?: string) =>
  new twilio.taskrouter.TaskQueue(`workflow-${name}`, {
    workspaceSid,
    friendlyName: name,
    targetWorkers,
  }).sid
const everyone = queue('everyone')
const spanish = queue('spanish', 'languages HAS "es"')

// Who asks for Spanish waits 30 seconds for it, and from then on for anyone.
const filter = {
  filter_friendly_name: 'Spanish',
  expression: 'selected_language == "es"',
  targets: [
    { queue: spanish, timeout: 30 },
    { queue: everyone, priority: 10 },
  ],
}
export const { sid } = new twilio.taskrouter.Workflow('workflow-calls', {
  workspaceSid,
  friendlyName: 'Calls',
  assignmentCallbackUrl: 'https://example.com/assignment',
  taskReservationTimeout: 20,
  configuration: { task_routing: { filters: [filter], default_filter: { queue: everyone } } },
})
