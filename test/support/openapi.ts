import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'
import type { Twilio } from '../../local/twilio/index.ts'

type Json = { [key: string]: unknown }

type Operation = {
  readonly name: string
  readonly host: string
  readonly method: string
  readonly pattern: RegExp
  readonly holes: number
  /** HTTP status → check of its JSON body, compiled at its first use. */
  readonly bodies: ReadonlyMap<string, () => ValidateFunction | undefined>
}

const folder = new URL('../../../shared/data/twilio-oai/', import.meta.url)

/** Whether Twilio's OpenAPI documents are at hand; a clone of this repository alone goes without. */
export const openApiPresent = existsSync(folder)

let operations: readonly Operation[] | undefined

/**
 * The same local Twilio, but an answer that Twilio's OpenAPI documents do not describe (a field that is unknown, missing
 * or of the wrong type, a status they do not name) makes `fetch` reject and tells why. Errors are left alone: the
 * documents do not describe them. Without the documents nothing is checked.
 */
export function checkedByOpenApi(twilio: Twilio): Twilio {
  if (!openApiPresent) return twilio
  return {
    ...twilio,
    async fetch(request) {
      const { method, url } = request
      const response = await twilio.fetch(request)
      if (response.ok) await check(method, url, response.clone())
      return response
    },
  }
}

async function check(method: string, address: string, response: Response): Promise<void> {
  const operation = find(method, address)
  // What only the local Twilio has, and media, have no description.
  if (!operation) return
  const { name, bodies } = operation
  if (!bodies.has(String(response.status))) {
    throw new Error(`${name} answers ${response.status}; described are ${[...bodies.keys()]}`)
  }
  const validate = bodies.get(String(response.status))?.()
  const body = await response.text()
  if (!validate || validate(JSON.parse(body))) return
  const problems = (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  )
  throw new Error(
    `${name} answers what is not described: ${problems.join('; ')}\n${body.slice(0, 500)}`,
  )
}

function find(method: string, address: string): Operation | undefined {
  operations ??= load()
  const { pathname } = new URL(address)
  const mapped = /^\/([a-z0-9-]+\.twilio\.com)(\/.*)$/.exec(pathname)
  const path = mapped?.[2] ?? pathname
  return operations.find(
    (operation) =>
      operation.method === method &&
      (!mapped || operation.host === mapped[1]) &&
      operation.pattern.test(path),
  )
}

function load(): readonly Operation[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  const all = files.flatMap((file) => {
    const document = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Json
    return operationsOf(document)
  })
  // A fixed segment wins over a named one.
  return all.sort((a, b) => a.holes - b.holes)
}

function operationsOf(document: Json): Operation[] {
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false, formats })
  const schemas = at(document, 'components', 'schemas') as Json
  for (const [name, schema] of Object.entries(schemas)) {
    ajv.addSchema(plain(schema) as Json, `#/components/schemas/${name}`)
  }
  return Object.entries(at(document, 'paths') as Json).flatMap(([template, item]) => {
    const server = at(item, 'servers', 0, 'url') ?? at(document, 'servers', 0, 'url')
    const { host } = new URL(String(server))
    return ['get', 'post', 'delete'].flatMap((method) => {
      const operation = (item as Json)[method]
      if (!operation) return []
      const responses = Object.entries(at(operation, 'responses') as Json)
      return {
        name: `${method.toUpperCase()} ${template}`,
        host,
        method: method.toUpperCase(),
        pattern: toPattern(template),
        holes: template.split('{').length - 1,
        bodies: new Map(
          responses.map(([status, response]) => {
            const schema = at(response, 'content', 'application/json', 'schema')
            let compiled: ValidateFunction | undefined
            const compile = () => {
              if (schema) compiled ??= ajv.compile(plain(schema) as Json)
              return compiled
            }
            return [status, compile]
          }),
        ),
      }
    })
  })
}

const formats = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
  'date-time-rfc-2822': /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000$/,
}

// The search for numbers is described as pages, but its examples are none.
const pageFields: ReadonlySet<string> = new Set([
  'end',
  'first_page_uri',
  'next_page_uri',
  'page',
  'page_size',
  'previous_page_uri',
  'start',
])

/**
 * A schema of OpenAPI 3.0 as JSON Schema: `nullable` becomes a type, references lead to the registered schemas, and an
 * object has exactly its described fields, as Twilio's answers do.
 */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  const { nullable, ...schema } = Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, plain(child)]),
  )
  if (nullable && typeof schema['type'] === 'string') schema['type'] = [schema['type'], 'null']
  if (nullable && Array.isArray(schema['enum'])) schema['enum'] = [...schema['enum'], null]
  // The documents' own examples show a SID that is not set as an empty text.
  if (nullable && typeof schema['pattern'] === 'string') {
    schema['pattern'] = `^$|${schema['pattern']}`
    delete schema['minLength']
  }
  const properties = schema['properties']
  const isSchema = typeof properties === 'object' && properties !== null && 'type' in schema
  if (!isSchema) return schema
  const required = Object.keys(properties).filter((name) => !pageFields.has(name))
  const described = Object.entries(properties).map(([name, property]) => [
    name,
    nullInExamples.has(name) ? { anyOf: [property, { type: 'null' }] } : property,
  ])
  const fields = Object.fromEntries(described)
  return { ...schema, properties: fields, additionalProperties: false, required }
}

// Described as never null, but null in the documents' own examples.
const nullInExamples = new Set(['reason_conference_ended'])

function toPattern(template: string): RegExp {
  const source = template
    .split(/(\{\w+\})/)
    .map((part) => (part.startsWith('{') ? '[^/]+?' : part.replaceAll('.', '\\.')))
    .join('')
  return new RegExp(`^${source}$`)
}

function at(value: unknown, ...keys: (string | number)[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined,
    value,
  )
}
