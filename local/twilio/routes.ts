import type { createAccounts, createApplications } from './account/index.ts'
import { ADMIN_HOST } from './fault-routes.ts'
import type {
  createAvailablePhoneNumbers,
  createIncomingPhoneNumbers,
} from './phone-numbers/index.ts'
import { del, get, post, type Route } from './route.ts'
import type { HostRoutes } from './route-table.ts'

/** What the endpoints lead to. */
export type Endpoints = {
  readonly accounts: ReturnType<typeof createAccounts>
  readonly applications: ReturnType<typeof createApplications>
  readonly incomingPhoneNumbers: ReturnType<typeof createIncomingPhoneNumbers>
  readonly availablePhoneNumbers: ReturnType<typeof createAvailablePhoneNumbers>
  readonly taskRouter: readonly Route[]
  readonly voice: readonly Route[]
  readonly faults: readonly Route[]
}

/** Every endpoint that the local Twilio knows; those of TaskRouter and Voice are listed in their folders' `routes.ts`. */
export function listRoutes(endpoints: Endpoints): readonly HostRoutes[] {
  const { accounts, applications, incomingPhoneNumbers, availablePhoneNumbers } = endpoints
  const account = '/2010-04-01/Accounts/{AccountSid}'
  return [
    { host: ADMIN_HOST, routes: endpoints.faults },
    { host: 'taskrouter.twilio.com', routes: endpoints.taskRouter },
    {
      host: 'api.twilio.com',
      routes: [
        get('/2010-04-01/Accounts/{Sid}.json', accounts.fetch),

        get(`${account}/Applications.json`, applications.list),
        post(`${account}/Applications.json`, applications.create),
        get(`${account}/Applications/{Sid}.json`, applications.fetch),
        post(`${account}/Applications/{Sid}.json`, applications.update),
        del(`${account}/Applications/{Sid}.json`, applications.remove),

        get(`${account}/IncomingPhoneNumbers.json`, incomingPhoneNumbers.list),
        post(`${account}/IncomingPhoneNumbers.json`, incomingPhoneNumbers.create),
        get(`${account}/IncomingPhoneNumbers/{Sid}.json`, incomingPhoneNumbers.fetch),
        post(`${account}/IncomingPhoneNumbers/{Sid}.json`, incomingPhoneNumbers.update),
        del(`${account}/IncomingPhoneNumbers/{Sid}.json`, incomingPhoneNumbers.remove),

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
