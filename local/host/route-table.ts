import type { Binding, LoadedApp, Registration } from './functions-core.ts'

/** A function that answers HTTP requests, with the name of its trigger's binding. */
export type Endpoint = {
  readonly registration: Registration
  readonly binding: string
}

/** Finds the endpoint of a request; undefined means 404. */
export type RouteTable = (method: string, path: string) => Endpoint | undefined

/**
 * The routes of the app, without a prefix as in `functions/host.json`: literal ones, and `{*path}` for all the rest.
 * Templates with parameters are refused: the app has none.
 */
export function createRouteTable({ registrations }: LoadedApp): RouteTable {
  const literal = new Map<string, Endpoint>()
  const rest = new Map<string, Endpoint>()
  for (const registration of registrations) {
    const [binding, trigger] = findTrigger(registration, 'httpTrigger') ?? []
    if (!binding || !trigger) continue
    const route = trigger.route ?? registration.metadata.name
    if (/[{}]/.test(route) && !route.startsWith('{*')) {
      throw new Error(`Route ${route}: the local host knows literal routes and {*rest} only`)
    }
    for (const method of trigger.methods ?? ['GET', 'POST']) {
      const endpoint = { registration, binding }
      if (route.startsWith('{*')) rest.set(method.toUpperCase(), endpoint)
      else literal.set(`${method.toUpperCase()} /${route.toLowerCase()}`, endpoint)
    }
  }
  return (method, path) => literal.get(`${method} ${path.toLowerCase()}`) ?? rest.get(method)
}

/** The trigger of that type, with its binding's name. */
export function findTrigger(
  { metadata }: Registration,
  type: string,
): [name: string, binding: Binding] | undefined {
  return Object.entries(metadata.bindings).find(([, binding]) => binding.type === type)
}
