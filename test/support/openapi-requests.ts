import {
  at,
  type Described,
  describedCall,
  describedCalls,
  type Json,
  placeOf,
} from './openapi-documents.ts'

/**
 * Where a request is not as Twilio's OpenAPI documents describe it: a path, a method or a parameter that they do not name, a value
 * of another type, a required parameter that is missing. A host without a document says nothing.
 */
export async function requestProblems(request: Request): Promise<readonly string[]> {
  const { method, url } = request
  const { host, path } = placeOf(url)
  if (host && !describedCalls().some((call) => call.host === host)) return []
  const call = describedCall(method, url)
  if (!call) return [`${method} ${host ?? ''}${path} is not described`]
  const problems = [
    ...parameterProblems(queryOf(call), new URL(url).searchParams, call.document),
    ...(await bodyProblems(call, request)),
  ]
  return problems.map((problem) => `${call.name}: ${problem}`)
}

type Parameters = {
  readonly properties: Readonly<Record<string, unknown>>
  readonly required: readonly string[]
}

function queryOf({ operation }: Described): Parameters {
  const described = ((operation['parameters'] ?? []) as readonly Json[]).filter(
    (parameter) => parameter['in'] === 'query',
  )
  return {
    properties: Object.fromEntries(described.map(({ name, schema }) => [String(name), schema])),
    required: described.filter(({ required }) => required).map(({ name }) => String(name)),
  }
}

async function bodyProblems(
  { operation, document }: Described,
  request: Request,
): Promise<readonly string[]> {
  const text = await request.clone().text()
  const content = at(operation, 'requestBody', 'content') as Json | undefined
  if (!content) return text === '' ? [] : ['no body is described']
  const [type = ''] = (request.headers.get('content-type') ?? '').split(';')
  if (text === '' && type === '') return formProblems(content, '', document)
  if (!(type in content)) return [`a body of type “${type}” is not described`]
  // What a JSON body holds, the documents leave open.
  return type === 'application/json'
    ? jsonProblems(text, 'the body')
    : formProblems(content, text, document)
}

function formProblems(content: Json, text: string, document: Json): readonly string[] {
  const schema = at(content, 'application/x-www-form-urlencoded', 'schema')
  if (schema === undefined) return []
  const described = {
    properties: (at(schema, 'properties') ?? {}) as Readonly<Record<string, unknown>>,
    required: (at(schema, 'required') ?? []) as readonly string[],
  }
  return parameterProblems(described, new URLSearchParams(text), document)
}

function parameterProblems(
  { properties, required }: Parameters,
  sent: URLSearchParams,
  document: Json,
): readonly string[] {
  return [
    ...required.filter((name) => !sent.has(name)).map((name) => `${name} is required`),
    ...[...new Set(sent.keys())].flatMap((name) =>
      name in properties
        ? valueProblems(properties[name], name, sent.getAll(name), document)
        : [`${name} is not described`],
    ),
  ]
}

function valueProblems(
  described: unknown,
  name: string,
  values: readonly string[],
  document: Json,
): readonly string[] {
  const schema = resolved(described, document)
  if (schema['type'] === 'array') {
    return values.flatMap((value) => valueProblems(schema['items'], name, [value], document))
  }
  if (values.length > 1) return [`${name} is sent ${values.length} times`]
  const [value = ''] = values
  const shown = `${name} ${JSON.stringify(value.slice(0, 80))}`
  const { minimum, maximum } = schema
  switch (schema['type']) {
    case 'integer':
      if (!/^-?\d+$/.test(value)) return [`${shown} is no integer`]
      if (typeof minimum === 'number' && Number(value) < minimum) return [`${shown} is too small`]
      if (typeof maximum === 'number' && Number(value) > maximum) return [`${shown} is too large`]
      return []
    case 'number':
      return Number.isFinite(Number(value)) && value !== '' ? [] : [`${shown} is no number`]
    case 'boolean':
      return value === 'true' || value === 'false' ? [] : [`${shown} is neither true nor false`]
    case 'string':
      return textProblems(schema, shown, value)
    default:
      return jsonProblems(value, name)
  }
}

function textProblems(schema: Json, shown: string, value: string): readonly string[] {
  const { enum: choices, pattern } = schema
  // An empty text clears.
  if (value === '') return Array.isArray(choices) ? [`${shown} is none of ${choices}`] : []
  if (Array.isArray(choices) && !choices.includes(value)) return [`${shown} is none of ${choices}`]
  if (typeof pattern === 'string' && !new RegExp(pattern).test(value)) {
    return [`${shown} does not match ${pattern}`]
  }
  return []
}

function jsonProblems(text: string, name: string): readonly string[] {
  try {
    JSON.parse(text)
    return []
  } catch {
    return [`${name} is no JSON`]
  }
}

function resolved(schema: unknown, document: Json): Json {
  const reference = at(schema, '$ref')
  if (typeof reference !== 'string') return (schema ?? {}) as Json
  return (at(document, ...reference.slice('#/'.length).split('/')) ?? {}) as Json
}
