import type { ResourceDescription } from './description.ts'
import { UnknownResource } from './errors.ts'
import { incomingPhoneNumber } from './phone-numbers/incoming-phone-number.ts'
import { flow } from './studio/flow.ts'
import { activity } from './taskrouter/activity.ts'
import { taskChannel } from './taskrouter/task-channel.ts'
import { taskQueue } from './taskrouter/task-queue.ts'
import { worker } from './taskrouter/worker.ts'
import { workflow } from './taskrouter/workflow.ts'
import { workspace } from './taskrouter/workspace.ts'
import { workspaceDefaults } from './taskrouter/workspace-defaults.ts'
import { application } from './voice/application.ts'

/** Every resource type of this provider. */
export const resources: readonly ResourceDescription[] = [
  workspace,
  workspaceDefaults,
  activity,
  worker,
  taskChannel,
  taskQueue,
  workflow,
  incomingPhoneNumber,
  application,
  flow,
]

const byToken = new Map(resources.map((resource) => [resource.token, resource]))

/** The resource type of this token, `twilio:taskrouter:Workspace`. Throws `UnknownResource`. */
export function resourceOf(token: string): ResourceDescription {
  const resource = byToken.get(token)
  if (!resource) throw new UnknownResource(token, [...byToken.keys()])
  return resource
}
