import type { Context } from '../context.ts'
import { get, post, type Route } from '../route.ts'
import { createConfiguration, type FlexConfiguration } from './configuration.ts'

/** What outlives a restart. */
export type FlexSnapshot = {
  /** Null until Flex is used for the first time. */
  readonly configuration: FlexConfiguration | null
}

/** Flex: its configuration. */
export type Flex = { readonly routes: readonly Route[]; snapshot(): FlexSnapshot }

/** Flex as in a snapshot, or new. */
export function createFlex(context: Context, restored?: FlexSnapshot): Flex {
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
  return {
    routes: [get('/v1/Configuration', fetch), post('/v1/Configuration', update)],
    snapshot: () => ({ configuration }),
  }
}
