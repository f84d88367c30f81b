import {
  type AccountRow,
  type Accounts,
  type ApplicationRow,
  createAccounts,
  createApplications,
  createKeys,
  type KeyRow,
} from './account/index.ts'
import type { Context } from './context.ts'
import type { LiveView, Phones, TwilioOptions } from './contract.ts'
import type { NumberDirectory } from './number-directory.ts'
import { createCollection } from './objects/collection.ts'
import type { AccountSnapshot } from './objects/snapshot.ts'
import {
  type AddressRow,
  createAddresses,
  createAvailablePhoneNumbers,
  createIncomingPhoneNumbers,
  type IncomingNumberRow,
} from './phone-numbers/index.ts'
import { createProducts } from './products.ts'
import { createOwnApi } from './rest/own-api.ts'
import type { Route } from './rest/route.ts'
import { createRouteTable, type RouteTable } from './rest/route-table.ts'
import { listRoutes } from './routes.ts'
import type { FlowWebhook } from './studio/index.ts'
import { createTaskRouter } from './taskrouter/index.ts'
import { createVoice } from './voice/index.ts'
import { voiceSettings } from './voice-settings.ts'

/** Everything that one account has: its numbers, phones, keys and every product, apart from those of other accounts. */
export interface AccountWorld {
  /** Its endpoints. */
  readonly table: RouteTable
  /** Where calls and messages reach its flows. */
  readonly flowWebhook: FlowWebhook
  readonly phones: Phones
  /** Its row, as it is now. */
  account(): AccountRow
  /** The secret of one of its API keys. */
  keySecret(sid: string): string | undefined
  hasNumber(phoneNumber: string): boolean
  hasCall(callSid: string): boolean
  view(): Omit<LiveView, 'at'>
  /** Gives all numbers back. */
  releaseNumbers(): void
  snapshot(): AccountSnapshot
  close(): void
}

/** What a world needs besides what every product shares. */
export type AccountWorldOptions = {
  readonly context: Context
  /** Every account there is; a world sees what its own may. */
  readonly accounts: Accounts
  /** Whether some account has the number already. */
  isTaken(phoneNumber: string): boolean
  readonly faultRoutes: readonly Route[]
  readonly sayMsPerCharacter?: number
  readonly dialsPerSecond?: TwilioOptions['dialsPerSecond']
  readonly segmentsPerSecond?: number
  readonly studioTimeZone?: string
  readonly restored?: AccountSnapshot
}

/** The world of an account that `accounts` has, with what the snapshot holds or empty. */
export function createAccountWorld(options: AccountWorldOptions): AccountWorld {
  const { context, accounts, isTaken, restored } = options
  const applications = createCollection<ApplicationRow>(undefined, restored?.applications)
  const numbers = createCollection<IncomingNumberRow>(
    ({ phoneNumber }) => phoneNumber,
    restored?.numbers,
  )
  const keys = createCollection<KeyRow>(undefined, restored?.keys)
  const addresses = createCollection<AddressRow>(undefined, restored?.addresses)
  const products = createProducts(
    context,
    {
      numbers,
      application: (sid) => applications.get(sid)?.settings,
      outcomeAt: (address) =>
        voice.phones.profiles().find((profile) => profile.address === address)?.texts ?? 'deliver',
      segmentsPerSecond: options.segmentsPerSecond,
      timeZone: options.studioTimeZone,
      api: createOwnApi(() => table),
      onCallEnd: (callSid, listener) => voice.onCallEnd(callSid, listener),
    },
    restored?.products,
  )
  const directory = createDirectory(numbers, applications)
  const shared = { ...context, alerts: products.alerts }
  const taskRouter = createTaskRouter(
    shared,
    {
      instruct: (reservation, instruction) => voice.instruct(reservation, instruction),
      reservationEnded: (sid, status) => voice.reservationEnded(sid, status),
    },
    products.publish,
    restored?.taskRouter,
  )
  const voice = createVoice({
    ...shared,
    numbers: directory,
    taskRouter: taskRouter.forVoice,
    sayMsPerCharacter: options.sayMsPerCharacter,
    dialsPerSecond: options.dialsPerSecond,
  })
  taskRouter.resume()

  const routes = listRoutes({
    accounts: createAccounts(context, accounts),
    applications: createApplications(context, applications),
    keys: createKeys(context, keys),
    addresses: createAddresses(context, addresses, numbers),
    incomingPhoneNumbers: createIncomingPhoneNumbers(
      context,
      numbers,
      directory,
      (sid) => addresses.get(sid) !== undefined,
      isTaken,
    ),
    availablePhoneNumbers: createAvailablePhoneNumbers(context, isTaken),
    taskRouter: taskRouter.routes,
    voice: voice.routes,
    products: products.hosts,
    faults: options.faultRoutes,
  })

  const table = createRouteTable(routes)
  products.resume()

  return {
    table,
    flowWebhook: products.flowWebhook,
    phones: { ...voice.phones, ...products.phones },
    account: () => accounts.of(context.accountSid),
    keySecret: (sid) => keys.get(sid)?.secret,
    hasNumber: (phoneNumber) => numbers.byName(phoneNumber) !== undefined,
    hasCall: voice.hasCall,
    view: () => ({
      numbers: [...numbers.values()].map(({ phoneNumber, friendlyName }) => ({
        phoneNumber,
        friendlyName,
      })),
      ...taskRouter.view(),
      ...voice.view(),
    }),
    releaseNumbers() {
      for (const { sid } of [...numbers.values()]) numbers.delete(sid)
    },
    snapshot: () => ({
      numbers: [...numbers.values()],
      applications: [...applications.values()],
      keys: [...keys.values()],
      addresses: [...addresses.values()],
      products: products.snapshot(),
      taskRouter: taskRouter.snapshot(),
    }),
    close() {
      voice.close()
      taskRouter.close()
      products.close()
      context.webhooks.close()
    },
  }
}

function createDirectory(
  numbers: ReturnType<typeof createCollection<IncomingNumberRow>>,
  applications: ReturnType<typeof createCollection<ApplicationRow>>,
): NumberDirectory {
  return {
    number(phoneNumber) {
      const row = numbers.byName(phoneNumber)
      return (
        row && {
          ...voiceSettings(row.settings),
          sid: row.sid,
          phoneNumber,
          friendlyName: row.friendlyName,
          voiceApplicationSid: String(row.settings['voice_application_sid'] ?? ''),
        }
      )
    },
    application(sid) {
      const row = applications.get(sid)
      return row && { ...voiceSettings(row.settings), sid, friendlyName: row.friendlyName }
    },
  }
}
