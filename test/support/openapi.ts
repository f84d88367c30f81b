import { Ajv, type ValidateFunction } from 'ajv'
import type { Twilio } from '../../local/twilio/index.ts'
import {
  at,
  type Described,
  describedCall,
  type Json,
  openApiPresent,
} from './openapi-documents.ts'
import { requestProblems } from './openapi-requests.ts'

/** What is held against the documents besides answers. */
export type OpenApiOptions = {
  /** Requests of which these are: those of the provider, for example. One that is not as described is refused with the reason. */
  readonly requestsOf?: (request: Request) => boolean
}

/**
 * The same local Twilio, but an answer that Twilio's OpenAPI documents do not describe (a field that is unknown, missing
 * or of the wrong type, a status they do not name) makes `fetch` reject and tells why. Errors are left alone: the
 * documents do not describe them. Without the documents nothing is checked.
 */
export function checkedByOpenApi(twilio: Twilio, { requestsOf }: OpenApiOptions = {}): Twilio {
  if (!openApiPresent) return twilio
  return {
    ...twilio,
    async fetch(request) {
      const { method, url } = request
      if (requestsOf?.(request)) {
        const problems = await requestProblems(request)
        if (problems.length > 0) return refusal(problems)
      }
      const response = await twilio.fetch(request)
      if (response.ok) await check(method, url, response.clone())
      return response
    },
  }
}

// A client does not try again after it, and shows the message.
function refusal(problems: readonly string[]): Response {
  const message = `the request is not as described: ${problems.join('; ')}`
  return Response.json({ code: 20001, message, more_info: '', status: 400 }, { status: 400 })
}

async function check(method: string, address: string, response: Response): Promise<void> {
  const call = describedCall(method, address)
  // What only the local Twilio has, and media, have no description.
  if (!call) return
  const { name } = call
  const bodies = bodiesOf(call)
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

// Checks of JSON bodies by HTTP status, each compiled at its first use.
type Bodies = ReadonlyMap<string, () => ValidateFunction | undefined>

const bodies = new WeakMap<Described, Bodies>()
const compilers = new WeakMap<Json, Ajv>()

function bodiesOf(call: Described): Bodies {
  const known = bodies.get(call)
  if (known) return known
  const responses = Object.entries(at(call.operation, 'responses') as Json)
  const made = new Map(
    responses.map(([status, response]) => {
      const schema = at(response, 'content', 'application/json', 'schema')
      let compiled: ValidateFunction | undefined
      const compile = () => {
        if (schema) compiled ??= compilerOf(call.document).compile(plain(schema) as Json)
        return compiled
      }
      return [status, compile]
    }),
  )
  bodies.set(call, made)
  return made
}

function compilerOf(document: Json): Ajv {
  const known = compilers.get(document)
  if (known) return known
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false, formats })
  const schemas = at(document, 'components', 'schemas') as Json
  for (const [name, schema] of Object.entries(schemas)) {
    ajv.addSchema(plain(schema) as Json, `#/components/schemas/${name}`)
  }
  compilers.set(document, ajv)
  return ajv
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
