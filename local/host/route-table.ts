import type { Binding, LoadedApp, Registration } from './functions-core.ts'

/** A function that answers HTTP requests, with the name of its trigger's binding. */
export type Endpoint = {
  readonly registration: Registration
  readonly binding: string
}

/** An endpoint and the variable parts of the path that led to it. */
export type FoundEndpoint = Endpoint & { readonly params: Readonly<Record<string, string>> }

/** Finds the endpoint of a request; undefined means 404. */
export type RouteTable = (method: string, path: string) => FoundEndpoint | undefined

type Template = { readonly parts: readonly string[]; readonly endpoint: Endpoint }

/**
 * The routes of the app, without a prefix as in `functions/host.json`: literal ones, templates whose parts are each literal or
 * one `{parameter}`, and `{*path}` for all the rest.
 */
export function createRouteTable({ registrations }: LoadedApp): RouteTable {
  const literal = new Map<string, FoundEndpoint>()
  const templates = new Map<string, Template[]>()
  const rest = new Map<string, FoundEndpoint>()
  for (const registration of registrations) {
    const [binding, trigger] = findTrigger(registration, 'httpTrigger') ?? []
    if (!binding || !trigger) continue
    const route = trigger.route ?? registration.metadata.name
    const parts = route.split('/')
    if (!route.startsWith('{*') && parts.some((part) => /[{}]/.test(part.replace(/^{\w+}$/, '')))) {
      throw new Error(`Route ${route}: the local host knows literal parts, {parameter} and {*rest}`)
    }
    for (const method of trigger.methods ?? ['GET', 'POST']) {
      const endpoint = { registration, binding }
      const found = { ...endpoint, params: {} }
      if (route.startsWith('{*')) rest.set(method.toUpperCase(), found)
      else if (route.includes('{')) {
        const others = templates.get(method.toUpperCase()) ?? []
        templates.set(method.toUpperCase(), [...others, { parts, endpoint }])
      } else literal.set(`${method.toUpperCase()} /${route.toLowerCase()}`, found)
    }
  }
  return (method, path) =>
    literal.get(`${method} ${path.toLowerCase()}`) ??
    matchTemplate(templates.get(method) ?? [], path) ??
    rest.get(method)
}

function matchTemplate(templates: readonly Template[], path: string): FoundEndpoint | undefined {
  const given = path.slice(1).split('/')
  for (const { parts, endpoint } of templates) {
    if (parts.length !== given.length) continue
    const params: Record<string, string> = {}
    const matches = parts.every((part, i) => {
      const value = given[i] ?? ''
      if (!part.startsWith('{')) return part.toLowerCase() === value.toLowerCase()
      params[part.slice(1, -1)] = decode(value)
      return value !== ''
    })
    if (matches) return { ...endpoint, params }
  }
  return undefined
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

/** The trigger of that type, with its binding's name. */
export function findTrigger(
  { metadata }: Registration,
  type: string,
): [name: string, binding: Binding] | undefined {
  return Object.entries(metadata.bindings).find(([, binding]) => binding.type === type)
}
