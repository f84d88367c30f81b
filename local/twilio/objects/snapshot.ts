import { defineSchema, InvalidInput, Type } from '../../../schemas/index.ts'
import type { AccountRow, ApplicationRow, KeyRow } from '../account/index.ts'
import type { AddressRow, IncomingNumberRow } from '../phone-numbers/index.ts'
import type { ProductsSnapshot } from '../products.ts'

/** What outlives a restart. Live calls do not. */
export type TwilioSnapshot = AccountSnapshot & {
  readonly version: 1
  /** The main account itself, and the others; missing in snapshots of before there were several. */
  readonly account?: AccountRow
  readonly subaccounts?: readonly {
    readonly account: AccountRow
    readonly world: AccountSnapshot
  }[]
}

/** What of one account outlives a restart. */
export type AccountSnapshot = {
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
const configured = Type.Composite([
  stored,
  Type.Object({ settings: Type.Record(Type.String(), Type.Unknown()) }),
])
const rows = Type.Array(stored)
const products = Type.Object({
  studio: Type.Object({
    flows: rows,
    executions: Type.Optional(
      Type.Array(Type.Object({ sid: Type.String(), startedAt: Type.Number() })),
    ),
  }),
  events: Type.Object({ sinks: rows, subscriptions: rows }),
  messaging: Type.Object({
    services: rows,
    messages: Type.Optional(rows),
    optOuts: Type.Optional(Type.Array(Type.String())),
  }),
  conversations: Type.Object({
    services: rows,
    addresses: rows,
    conversations: Type.Optional(rows),
  }),
  sync: Type.Object({ services: rows, maps: rows }),
  flex: Type.Object({}),
  content: Type.Optional(Type.Object({ templates: rows })),
})

const world = {
  numbers: Type.Array(configured),
  applications: Type.Array(configured),
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
}
const account = Type.Composite([
  stored,
  Type.Object({ friendlyName: Type.String(), authToken: Type.String(), status: Type.String() }),
])

// The shape that makes it ours; the router looks at its own part itself.
const snapshotShape = defineSchema(
  'snapshot of the local Twilio',
  Type.Object({
    version: Type.Literal(1, { description: 'the only version there is' }),
    account: Type.Optional(account),
    subaccounts: Type.Optional(Type.Array(Type.Object({ account, world: Type.Object(world) }))),
    ...world,
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
