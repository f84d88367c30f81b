import type { AccountRow, Accounts } from './account/index.ts'
import { type AccountWorld, createAccountWorld } from './account-world.ts'
import { createAlerts } from './alerts.ts'
import type { Context } from './context.ts'
import type { Twilio, TwilioOptions } from './contract.ts'
import { faultRoutes } from './fault-routes.ts'
import { createFaults, faultProfile } from './faults.ts'
import { createLiveFeed } from './live-feed.ts'
import { createNewSid } from './objects/sid.ts'
import { type AccountSnapshot, readSnapshot, type TwilioSnapshot } from './objects/snapshot.ts'
import { createPhoneNetwork } from './phone-network.ts'
import { createGateway } from './rest/gateway.ts'
import { FLOW_WEBHOOKS } from './studio/index.ts'
import { createWire } from './webhooks/exchange.ts'
import { loopBack, loopToApi } from './webhooks/loop-back.ts'
import { createWebhooks } from './webhooks/webhooks.ts'

/** A local Twilio: one account and its subaccounts, each a world of its own, with what the snapshot holds or empty. */
export function createTwilio(options: TwilioOptions): Twilio {
  const { clock, accountSid, random = Math.random } = options
  const restored = readSnapshot(options.restore)
  const newSid = createNewSid(options.random)
  const live = createLiveFeed()
  const alerts = createAlerts(clock, live)
  const faults = createFaults(faultProfile.parse(options.faults ?? {}), random)
  const worlds = new Map<string, AccountWorld>()
  const all = (): readonly AccountWorld[] => [...worlds.values()]

  function open({ sid, authToken }: AccountRow, snapshot?: AccountSnapshot): AccountWorld {
    const webhooks = createWebhooks({
      clock,
      authToken,
      newSid,
      live,
      random,
      origins: options.origins,
      faults: faults.profile,
      wire: loopToApi(loopBack(createWire(), new URL(FLOW_WEBHOOKS).host, toFlow), (request) =>
        fetch(request),
      ),
      isInside: (url) => url.startsWith(`${FLOW_WEBHOOKS}/`),
    })
    const context: Context = { clock, accountSid: sid, newSid, webhooks, alerts, live }
    const world = createAccountWorld({
      context,
      accounts,
      isTaken: (phoneNumber) => all().some((each) => each.hasNumber(phoneNumber)),
      faultRoutes: faultRoutes(faults),
      sayMsPerCharacter: options.sayMsPerCharacter,
      dialsPerSecond: options.dialsPerSecond,
      segmentsPerSecond: options.segmentsPerSecond,
      studioTimeZone: options.studioTimeZone,
      restored: snapshot,
    })
    worlds.set(sid, world)
    return world
  }

  function toFlow({ pathname }: URL, fields: Readonly<Record<string, string>>) {
    const [, accountOf, flow] = /^\/v1\/Accounts\/(\w+)\/Flows\/(\w+)$/.exec(pathname) ?? []
    return worlds.get(accountOf ?? '')?.flowWebhook(flow ?? '', fields)
  }

  const accounts = createRegistry(mainRow(options, restored), {
    opened: (row) => network.join(open(row)),
    closed: (sid) => worlds.get(sid)?.releaseNumbers(),
  })
  const main = open(accounts.of(accountSid), restored)
  const network = createPhoneNetwork(all, main)
  for (const { account, world } of restored?.subaccounts ?? []) {
    accounts.put(account)
    open(account, world)
  }

  const fetch = createGateway({ accounts: all, newSid, faults })

  return {
    fetch,
    phones: network.phones,
    view: () => ({ at: clock.now(), ...main.view() }),
    subscribe: live.subscribe,
    setFaults: (profile) => faults.set(faultProfile.parse(profile)),
    alerts: alerts.list,
    snapshot: (): TwilioSnapshot => ({
      version: 1,
      ...main.snapshot(),
      account: accounts.of(accountSid),
      subaccounts: [...worlds]
        .filter(([sid]) => sid !== accountSid)
        .map(([sid, world]) => ({ account: accounts.of(sid), world: world.snapshot() })),
    }),
    close() {
      for (const world of all()) world.close()
    },
  }
}

// The token is the caller's: a snapshot that was written with another one goes on under it.
function mainRow(
  { clock, accountSid, authToken }: TwilioOptions,
  restored: TwilioSnapshot | undefined,
): AccountRow {
  const now = clock.now()
  return {
    friendlyName: 'Local account',
    dateCreated: now,
    dateUpdated: now,
    ...restored?.account,
    sid: accountSid,
    authToken,
    status: 'active',
  }
}

function createRegistry(
  main: AccountRow,
  on: { opened(row: AccountRow): void; closed(sid: string): void },
): Accounts {
  const rows = new Map([[main.sid, main]])
  const put = (row: AccountRow) => {
    rows.set(row.sid, row)
    return row
  }
  return {
    mainSid: main.sid,
    all: () => [...rows.values()],
    of(sid) {
      const row = rows.get(sid)
      if (!row) throw new Error(`There is no account ${sid}`)
      return row
    },
    open(row) {
      put(row)
      on.opened(row)
      return row
    },
    put(row) {
      if (row.status === 'closed') on.closed(row.sid)
      return put(row)
    },
  }
}
