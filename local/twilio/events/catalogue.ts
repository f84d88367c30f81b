import {
  type EventSchema,
  type EventType,
  eventSchemas,
  eventTypes,
} from '../../../schemas/index.ts'
import { missing } from '../objects/stored.ts'
import { pageV1 } from '../rest/paging.ts'
import { type Call, get, ok, pathPart, type Route } from '../rest/route.ts'
import { BASE } from './base.ts'

// The catalogue is older than any local Twilio.
const DATE = '2022-01-01T00:00:00Z'

/** `/Types` and `/Schemas`: what there is to subscribe to. */
export function catalogueRoutes(): readonly Route[] {
  return [
    get('/v1/Types', listTypes),
    get('/v1/Types/{Type}', (call) => ok(typeBody(found(call, eventTypes, 'Type')))),
    get('/v1/Schemas/{Id}', (call) => ok(schemaBody(found(call, eventSchemas, 'Id')))),
    get('/v1/Schemas/{Id}/Versions', (call) => {
      const schema = found(call, eventSchemas, 'Id')
      return pageV1(call, 'schema_versions', versions(schema), ({ version }) =>
        versionBody(schema, version),
      )
    }),
    get('/v1/Schemas/{Id}/Versions/{Version}', (call) => {
      const schema = found(call, eventSchemas, 'Id')
      const row = versions(schema).find(({ sid }) => sid === pathPart(call, 'Version'))
      if (!row) throw missing(call)
      return ok(versionBody(schema, row.version))
    }),
  ]
}

function listTypes(call: Call) {
  const schemaId = call.query.text('SchemaId')
  const rows = [...eventTypes.values()]
    .filter((type) => schemaId === undefined || type.schemaId === schemaId)
    .map((type) => ({ sid: type.type, type }))
  return pageV1(call, 'types', rows, ({ type }) => typeBody(type))
}

function found<T>(call: Call, all: ReadonlyMap<string, T>, part: string): T {
  const one = all.get(pathPart(call, part))
  if (!one) throw missing(call)
  return one
}

function versions({ latestVersion }: EventSchema) {
  return Array.from({ length: latestVersion }, (_, index) => ({
    sid: String(index + 1),
    version: index + 1,
  }))
}

function typeBody({ type, schemaId, status }: EventType) {
  return {
    type,
    schema_id: schemaId,
    status,
    description: type.replace('com.twilio.', '').replaceAll(/[.-]/g, ' '),
    documentation_url: null,
    date_created: DATE,
    date_updated: DATE,
    url: `${BASE}/Types/${type}`,
    links: { schema: `${BASE}/Schemas/${schemaId}/Versions` },
  }
}

function schemaBody({ id, latestVersion }: EventSchema) {
  const url = `${BASE}/Schemas/${id}`
  return {
    id,
    latest_version: latestVersion,
    latest_version_date_created: DATE,
    url,
    links: { versions: `${url}/Versions` },
  }
}

function versionBody({ id }: EventSchema, version: number) {
  return {
    id,
    schema_version: version,
    date_created: DATE,
    url: `${BASE}/Schemas/${id}/Versions/${version}`,
    raw: `https://events-schemas.twilio.com/${id}/${version}`,
  }
}
