import {
  type ApplicationRow,
  createAccounts,
  createApplications,
  createKeys,
  type KeyRow,
} from './account/index.ts'
import { createAlerts } from './alerts.ts'
import { createCollection } from './collection.ts'
import type { Context } from './context.ts'
import type { Twilio, TwilioOptions } from './contract.ts'
import { faultRoutes } from './fault-routes.ts'
import { createFaults, faultProfile } from './faults.ts'
import { createGateway } from './gateway.ts'
import { createLiveFeed } from './live-feed.ts'
import type { NumberDirectory } from './number-directory.ts'
import {
  type AddressRow,
  createAddresses,
  createAvailablePhoneNumbers,
  createIncomingPhoneNumbers,
  type IncomingNumberRow,
} from './phone-numbers/index.ts'
import { createProducts } from './products.ts'
import { createRouteTable } from './route-table.ts'
import { listRoutes } from './routes.ts'
import { createNewSid } from './sid.ts'
import { readSnapshot, type TwilioSnapshot } from './snapshot.ts'
import { createTaskRouter } from './taskrouter/index.ts'
import { createVoice } from './voice/index.ts'
import { voiceSettings } from './voice-settings.ts'
import { createWebhooks } from './webhooks.ts'

/** A local Twilio: one account, with what the snapshot holds or empty. */
export function createTwilio(options: TwilioOptions): Twilio {
  const { clock, accountSid, authToken, random = Math.random } = options
  const restored = readSnapshot(options.restore)
  const newSid = createNewSid(options.random)
  const live = createLiveFeed()
  const alerts = createAlerts(clock, live)
  const faults = createFaults(faultProfile.parse(options.faults ?? {}), random)
  const webhooks = createWebhooks({
    clock,
    authToken,
    newSid,
    live,
    random,
    origins: options.origins,
    faults: faults.profile,
  })
  const context: Context = { clock, accountSid, newSid, webhooks, alerts, live }

  const applications = createCollection<ApplicationRow>(undefined, restored?.applications)
  const numbers = createCollection<IncomingNumberRow>(
    ({ phoneNumber }) => phoneNumber,
    restored?.numbers,
  )
  const keys = createCollection<KeyRow>(undefined, restored?.keys)
  const addresses = createCollection<AddressRow>(undefined, restored?.addresses)
  const products = createProducts(context, numbers, restored?.products)
  const directory = createDirectory(numbers, applications)
  const taskRouter = createTaskRouter(
    context,
    {
      instruct: (reservation, instruction) => voice.instruct(reservation, instruction),
      reservationEnded: (sid, status) => voice.reservationEnded(sid, status),
    },
    restored?.taskRouter,
  )
  const voice = createVoice({
    ...context,
    numbers: directory,
    taskRouter: taskRouter.forVoice,
    sayMsPerCharacter: options.sayMsPerCharacter,
  })
  taskRouter.resume()

  const routes = listRoutes({
    accounts: createAccounts(context, authToken),
    applications: createApplications(context, applications),
    keys: createKeys(context, keys),
    addresses: createAddresses(context, addresses, numbers),
    incomingPhoneNumbers: createIncomingPhoneNumbers(
      context,
      numbers,
      directory,
      (sid) => addresses.get(sid) !== undefined,
    ),
    availablePhoneNumbers: createAvailablePhoneNumbers(
      context,
      (phoneNumber) => numbers.byName(phoneNumber) !== undefined,
    ),
    taskRouter: taskRouter.routes,
    voice: voice.routes,
    products: products.hosts,
    faults: faultRoutes(faults),
  })
  const table = createRouteTable(routes)
  const credentials = { accountSid, authToken, keySecret: (sid: string) => keys.get(sid)?.secret }

  return {
    fetch: createGateway({ table, credentials, newSid, faults }),
    phones: voice.phones,
    view: () => ({
      at: clock.now(),
      numbers: [...numbers.values()].map(({ phoneNumber, friendlyName }) => ({
        phoneNumber,
        friendlyName,
      })),
      ...taskRouter.view(),
      calls: voice.view(),
    }),
    subscribe: live.subscribe,
    setFaults: (profile) => faults.set(faultProfile.parse(profile)),
    alerts: alerts.list,
    snapshot: (): TwilioSnapshot => ({
      version: 1,
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
      webhooks.close()
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
