import type { createAccounts, createApplications, createKeys } from './account/index.ts'
import { ADMIN_HOST } from './fault-routes.ts'
import type {
  createAddresses,
  createAvailablePhoneNumbers,
  createIncomingPhoneNumbers,
} from './phone-numbers/index.ts'
import { resourceRoutes } from './rest/resource-routes.ts'
import { get, post, type Route } from './rest/route.ts'
import type { HostRoutes } from './rest/route-table.ts'

/** What the endpoints lead to. */
export type Endpoints = {
  readonly accounts: ReturnType<typeof createAccounts>
  readonly applications: ReturnType<typeof createApplications>
  readonly keys: ReturnType<typeof createKeys>
  readonly addresses: ReturnType<typeof createAddresses>
  readonly incomingPhoneNumbers: ReturnType<typeof createIncomingPhoneNumbers>
  readonly availablePhoneNumbers: ReturnType<typeof createAvailablePhoneNumbers>
  readonly taskRouter: readonly Route[]
  readonly voice: readonly Route[]
  /** Every product but these, messages among them. */
  readonly products: readonly HostRoutes[]
  readonly faults: readonly Route[]
}

/** Every endpoint that the local Twilio knows; those of a product are listed in its folder's `routes.ts`. */
export function listRoutes(endpoints: Endpoints): readonly HostRoutes[] {
  const { accounts, keys, addresses, incomingPhoneNumbers, availablePhoneNumbers } = endpoints
  const account = '/2010-04-01/Accounts/{AccountSid}'
  return [
    { host: ADMIN_HOST, routes: endpoints.faults },
    { host: 'taskrouter.twilio.com', routes: endpoints.taskRouter },
    ...endpoints.products,
    {
      host: 'api.twilio.com',
      routes: [
        ...resourceRoutes('/2010-04-01/Accounts', accounts, '.json'),

        ...resourceRoutes(`${account}/Applications`, endpoints.applications, '.json'),

        ...resourceRoutes(`${account}/Keys`, { ...keys, list: keys.list('keys') }, '.json'),
        ...resourceRoutes(
          `${account}/SigningKeys`,
          { ...keys, list: keys.list('signing_keys') },
          '.json',
        ),

        ...resourceRoutes(`${account}/Addresses`, addresses, '.json'),
        get(
          `${account}/Addresses/{AddressSid}/DependentPhoneNumbers.json`,
          addresses.dependentPhoneNumbers,
        ),

        ...resourceRoutes(`${account}/IncomingPhoneNumbers`, incomingPhoneNumbers, '.json'),
        ...purchases(`${account}/IncomingPhoneNumbers/Local.json`, 'local', incomingPhoneNumbers),
        ...purchases(
          `${account}/IncomingPhoneNumbers/TollFree.json`,
          'toll free',
          incomingPhoneNumbers,
        ),
        ...purchases(`${account}/IncomingPhoneNumbers/Mobile.json`, 'mobile', incomingPhoneNumbers),

        get(`${account}/AvailablePhoneNumbers.json`, availablePhoneNumbers.countries),
        get(`${account}/AvailablePhoneNumbers/{CountryCode}.json`, availablePhoneNumbers.country),
        get(
          `${account}/AvailablePhoneNumbers/{CountryCode}/Local.json`,
          availablePhoneNumbers.search('Local'),
        ),
        get(
          `${account}/AvailablePhoneNumbers/{CountryCode}/TollFree.json`,
          availablePhoneNumbers.search('TollFree'),
        ),
        get(
          `${account}/AvailablePhoneNumbers/{CountryCode}/Mobile.json`,
          availablePhoneNumbers.search('Mobile'),
        ),

        ...endpoints.voice,
      ],
    },
  ]
}

function purchases(
  path: string,
  type: 'local' | 'toll free' | 'mobile',
  { ofType }: Endpoints['incomingPhoneNumbers'],
): readonly Route[] {
  const { list, create } = ofType(type)
  return [get(path, list), post(path, create)]
}
