import { closestName } from '../routing/index.ts'
import { address } from './account/address.ts'
import { apiKey } from './account/api-key.ts'
import { subaccount } from './account/subaccount.ts'
import { addressConfiguration } from './conversations/address-configuration.ts'
import { configuration } from './conversations/configuration.ts'
import { service as conversationsService } from './conversations/service.ts'
import { serviceConfiguration } from './conversations/service-configuration.ts'
import { serviceWebhooks } from './conversations/service-webhooks.ts'
import { webhooks } from './conversations/webhooks.ts'
import type { ResourceDescription } from './description/description.ts'
import { sink } from './events/sink.ts'
import { subscription } from './events/subscription.ts'
import { configuration as flexConfiguration } from './flex/configuration.ts'
import { service as messagingService } from './messaging/service.ts'
import { servicePhoneNumber } from './messaging/service-phone-number.ts'
import { incomingPhoneNumber } from './phone-numbers/incoming-phone-number.ts'
import { ProviderError } from './protocol/provider-error.ts'
import { flow } from './studio/flow.ts'
import { map } from './sync/map.ts'
import { service as syncService } from './sync/service.ts'
import { activity } from './taskrouter/activity.ts'
import { taskChannel } from './taskrouter/task-channel.ts'
import { taskQueue } from './taskrouter/task-queue.ts'
import { worker } from './taskrouter/worker.ts'
import { workerChannel } from './taskrouter/worker-channel.ts'
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
  workerChannel,
  taskChannel,
  taskQueue,
  workflow,
  incomingPhoneNumber,
  application,
  flow,
  apiKey,
  address,
  subaccount,
  messagingService,
  servicePhoneNumber,
  conversationsService,
  serviceConfiguration,
  serviceWebhooks,
  configuration,
  webhooks,
  addressConfiguration,
  syncService,
  map,
  sink,
  subscription,
  flexConfiguration,
]

const byToken = new Map(resources.map((resource) => [resource.token, resource]))

/** The resource type of this token, `twilio:taskrouter:Workspace`. Throws `UnknownResource`. */
export function resourceOf(token: string): ResourceDescription {
  const resource = byToken.get(token)
  if (!resource) throw new UnknownResource(token, [...byToken.keys()])
  return resource
}

/** A resource type that this provider does not have. */
export class UnknownResource extends ProviderError {
  override readonly name = 'UnknownResource'
  readonly code = 'unknown-resource'

  constructor(type: string, known: readonly string[]) {
    const meant = meantBy(type, known)
    super(
      meant === undefined
        ? `There is no resource ${type}; there are ${known.join(', ')}`
        : `There is no resource ${type}; did you mean ${meant}?`,
    )
  }
}

// By its name, since the module alone is most of a token.
function meantBy(type: string, known: readonly string[]): string | undefined {
  const name = closestName(nameOf(type), known.map(nameOf))
  const candidates = known.filter((token) => nameOf(token) === name)
  return candidates.length > 1 ? closestName(type, candidates) : candidates[0]
}

function nameOf(token: string): string {
  return token.slice(token.lastIndexOf(':') + 1)
}
