import { defineSchema, InvalidInput, Type } from '../../schemas/index.ts'
import type { ApplicationRow, KeyRow } from './account/index.ts'
import type { AddressRow, IncomingNumberRow } from './phone-numbers/index.ts'
import type { ProductsSnapshot } from './products.ts'

/** What outlives a restart. Live calls do not. */
export type TwilioSnapshot = {
  readonly version: 1
  readonly numbers: readonly IncomingNumberRow[]
  readonly applications: readonly ApplicationRow[]
  /** These three are missing in snapshots of before they were known. */
  readonly keys?: readonly KeyRow[]
  readonly addresses?: readonly AddressRow[]
  readonly products?: ProductsSnapshot
  readonly taskRouter: unknown
}

const stored = Type.Object({
  sid: Type.String(),
  dateCreated: Type.Number(),
  dateUpdated: Type.Number(),
})
const account = Type.Composite([
  stored,
  Type.Object({ settings: Type.Record(Type.String(), Type.Unknown()) }),
])
const rows = Type.Array(stored)
const products = Type.Object({
  studio: Type.Object({ flows: rows }),
  events: Type.Object({ sinks: rows, subscriptions: rows }),
  messaging: Type.Object({ services: rows }),
  conversations: Type.Object({ services: rows, addresses: rows }),
  sync: Type.Object({ services: rows, maps: rows }),
  flex: Type.Object({}),
})

// The shape that makes it ours; the router looks at its own part itself.
const snapshotShape = defineSchema(
  'snapshot of the local Twilio',
  Type.Object({
    version: Type.Literal(1, { description: 'the only version there is' }),
    numbers: Type.Array(account),
    applications: Type.Array(account),
    keys: Type.Optional(rows),
    addresses: Type.Optional(rows),
    products: Type.Optional(products),
    taskRouter: Type.Object({
      callTasks: Type.Array(Type.String()),
      workspaces: Type.Array(
        Type.Object({
          row: stored,
          activities: rows,
          workers: rows,
          workerChannels: rows,
          taskChannels: rows,
          taskQueues: rows,
          workflows: rows,
          tasks: rows,
          reservations: rows,
          events: Type.Array(Type.Object({ sid: Type.String(), at: Type.Number() })),
        }),
      ),
    }),
  }),
)

/** A snapshot that no local Twilio of this version wrote. */
export class ForeignSnapshot extends Error {
  override readonly name = 'ForeignSnapshot'
  constructor(cause: InvalidInput) {
    super(`${cause.message}. Start with --fresh to leave it behind.`, { cause })
  }
}

/** Recognises what `snapshot()` returned; undefined when there is none. */
export function readSnapshot(value: unknown): TwilioSnapshot | undefined {
  if (value === undefined || value === null) return undefined
  try {
    snapshotShape.parse(value)
  } catch (error) {
    throw error instanceof InvalidInput ? new ForeignSnapshot(error) : error
  }
  return value as TwilioSnapshot
}
