import type { Context } from '../context.ts'
import type { PublishedEvent } from '../events/index.ts'
import { createCollection } from '../objects/collection.ts'
import type { OwnApi } from '../rest/own-api.ts'
import { get, post, type Route } from '../rest/route.ts'
import { createAgents } from './agents.ts'
import { createConfiguration, type FlexConfiguration } from './configuration.ts'
import type { InteractionRow } from './interaction.ts'
import { createInteractions } from './interactions.ts'

/** What outlives a restart. */
export type FlexSnapshot = {
  /** Null until Flex is used for the first time. */
  readonly configuration: FlexConfiguration | null
  /** Missing in snapshots of before they were known. */
  readonly interactions?: readonly InteractionRow[]
}

/** What Flex asks of the rest of the account. */
export type FlexPorts = {
  readonly api: OwnApi
  /** The REST address of a conversation, whatever its service. */
  conversationUrl(sid: string): string | undefined
}

/** Flex: its configuration, and interactions. */
export type Flex = {
  readonly routes: readonly Route[]
  /** What happens in TaskRouter. */
  hear(event: PublishedEvent): void
  snapshot(): FlexSnapshot
}

/** Flex as in a snapshot, or new. */
export function createFlex(context: Context, ports: FlexPorts, restored?: FlexSnapshot): Flex {
  const { clock, newSid } = context
  let configuration = restored?.configuration ?? null
  const { fetch, update } = createConfiguration(context, {
    get() {
      configuration ??= {
        flexInstanceSid: newSid('GO'),
        serviceSid: newSid('IS'),
        settings: {},
        dateCreated: clock.now(),
        dateUpdated: clock.now(),
      }
      return configuration
    },
    set(next) {
      configuration = next
    },
  })
  const rows = createCollection<InteractionRow>(({ taskSid }) => taskSid, restored?.interactions)
  const interactions = createInteractions({ context, rows, ...ports })
  const channels = '/v1/Interactions/{InteractionSid}/Channels'
  return {
    routes: [
      get('/v1/Configuration', fetch),
      post('/v1/Configuration', update),
      post('/v1/Interactions', interactions.create),
      get('/v1/Interactions/{Sid}', interactions.fetch),
      get(channels, interactions.listChannels),
      get(`${channels}/{Sid}`, interactions.fetchChannel),
      post(`${channels}/{Sid}`, interactions.updateChannel),
    ],
    hear: createAgents({ context, rows, ...ports }),
    snapshot: () => ({ configuration, interactions: [...rows.values()] }),
  }
}
