import type { FormFields } from '../webhooks/signature.ts'
import { createParameters } from './parameters.ts'
import { notImplemented } from './refusal.ts'
import type { RouteTable } from './route-table.ts'

/** Twilio's REST API as one of its own products asks it, in the account's name; throws a `TwilioRefusal`. */
export type OwnApi = (
  method: 'GET' | 'POST' | 'DELETE',
  url: string,
  form?: FormFields,
) => Promise<Readonly<Record<string, unknown>>>

/** The API behind that table of endpoints: no network, no credentials. */
export function createOwnApi(table: () => RouteTable): OwnApi {
  return async (method, address, form = {}) => {
    const url = new URL(address)
    const match = table().match(url.host, method, url.pathname)
    if (match.kind !== 'found') throw notImplemented(`${method} ${url.origin}${url.pathname}`)
    const search = new URLSearchParams()
    for (const [name, value] of Object.entries(form)) {
      for (const one of typeof value === 'string' ? [value] : value) search.append(name, one)
    }
    const { body } = await match.route.handle({
      method,
      url,
      path: match.path,
      query: createParameters(url.searchParams),
      form: createParameters(search),
      body: search.toString(),
      headers: new Headers(),
    })
    return typeof body === 'object' && body !== null ? { ...body } : {}
  }
}
