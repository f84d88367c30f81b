import { existsSync, readdirSync, readFileSync } from 'node:fs'

export type Json = { [key: string]: unknown }

/** One call of Twilio's API, as its documents describe it. */
export type Described = {
  /** `POST /v1/Workspaces/{WorkspaceSid}/Tasks`. */
  readonly name: string
  readonly host: string
  readonly method: string
  readonly pattern: RegExp
  /** Named segments of the path. */
  readonly holes: number
  readonly operation: Json
  readonly document: Json
}

const folder = new URL('../../../shared/data/twilio-oai/', import.meta.url)

/** Whether Twilio's OpenAPI documents are at hand; a clone of this repository alone goes without. */
export const openApiPresent = existsSync(folder)

let loaded: readonly Described[] | undefined

/** Every call that is described; one with fewer named segments comes first, since a fixed segment wins. */
export function describedCalls(): readonly Described[] {
  loaded ??= readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((file) => callsOf(JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Json))
    .sort((a, b) => a.holes - b.holes)
  return loaded
}

/** The host and the path that an address of the local Twilio means; a bare path has no host. */
export function placeOf(address: string): { readonly host?: string; readonly path: string } {
  const { pathname } = new URL(address)
  const mapped = /^\/([a-z0-9-]+\.twilio\.com)(\/.*)$/.exec(pathname)
  return mapped?.[1] && mapped[2] ? { host: mapped[1], path: mapped[2] } : { path: pathname }
}

/** The call that a request makes; undefined if none is described. */
export function describedCall(method: string, address: string): Described | undefined {
  const { host, path } = placeOf(address)
  return describedCalls().find(
    (call) => call.method === method && (!host || call.host === host) && call.pattern.test(path),
  )
}

/** What stands at a path of keys; undefined where the path breaks off. */
export function at(value: unknown, ...keys: (string | number)[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined,
    value,
  )
}

function callsOf(document: Json): Described[] {
  return Object.entries(at(document, 'paths') as Json).flatMap(([template, item]) => {
    const server = at(item, 'servers', 0, 'url') ?? at(document, 'servers', 0, 'url')
    const { host } = new URL(String(server))
    return ['get', 'post', 'delete'].flatMap((method) => {
      const operation = at(item, method) as Json | undefined
      if (!operation) return []
      return {
        name: `${method.toUpperCase()} ${template}`,
        host,
        method: method.toUpperCase(),
        pattern: toPattern(template),
        holes: template.split('{').length - 1,
        operation,
        document,
      }
    })
  })
}

function toPattern(template: string): RegExp {
  const source = template
    .split(/(\{\w+\})/)
    .map((part) => (part.startsWith('{') ? '[^/]+?' : part.replaceAll('.', '\\.')))
    .join('')
  return new RegExp(`^${source}$`)
}
