import { type DisplayOptions, display } from './display.ts'
import type { Incident } from './incident.ts'
import { journalRows, showRow } from './journal-table.ts'
import { select, type TableRow } from './query.ts'
import { noRecord, TableRefusal } from './refusal.ts'

/** The table of incidents, as the API works on it. */
export type IncidentTable = {
  all(): readonly Incident[]
  find(sysId: string): Incident | undefined
  insert(fields: Readonly<Record<string, unknown>>): Incident
  update(sysId: string, fields: Readonly<Record<string, unknown>>): Incident
  remove(sysId: string): void
}

const root = '/api/now/table/'
const defaultLimit = 10_000

/** `/api/now/table/incident` and its records, and `sys_journal_field` to read; other tables are not here. Throws `TableRefusal`. */
export async function answerTable(request: Request, table: IncidentTable): Promise<Response> {
  const url = new URL(request.url)
  const path = url.pathname.replace(/^\/api\/now\/v[12]\//, '/api/now/')
  const [name, sysId, ...rest] = path.startsWith(root) ? path.slice(root.length).split('/') : []
  if (name === 'sys_journal_field' && !sysId && request.method === 'GET') {
    const { fields } = readOptions(url)
    return list(url, journalRows(table.all()), (row) => showRow(row, fields))
  }
  if (name !== 'incident') {
    throw name
      ? new TableRefusal(400, `Invalid table ${name}`)
      : new TableRefusal(400, `Requested URI does not represent any resource: ${url.pathname}`)
  }
  if (rest.length > 0) throw noRecord()
  const options = readOptions(url)
  const show = (incident: Incident) => display(incident, options)
  if (!sysId) {
    if (request.method === 'GET') return list(url, table.all(), show)
    if (request.method !== 'POST') throw notAllowed(request.method)
    const incident = table.insert(await readFields(request))
    const location = `${url.origin}${root}incident/${incident.sys_id}`
    return Response.json({ result: show(incident) }, { status: 201, headers: { location } })
  }
  if (!table.find(sysId)) throw noRecord()
  switch (request.method) {
    case 'GET':
      return Response.json({ result: show(found(table, sysId)) })
    case 'PUT':
    case 'PATCH':
      return Response.json({ result: show(table.update(sysId, await readFields(request))) })
    case 'DELETE':
      table.remove(sysId)
      return new Response(null, { status: 204 })
    default:
      throw notAllowed(request.method)
  }
}

function list<Row extends TableRow>(
  url: URL,
  rows: readonly Row[],
  show: (row: Row) => unknown,
): Response {
  const matching = select(rows, url.searchParams.get('sysparm_query') ?? '')
  const limit = wholeNumber(url, 'sysparm_limit', defaultLimit)
  const offset = wholeNumber(url, 'sysparm_offset', 0)
  const result = matching.slice(offset, offset + limit).map(show)
  return Response.json({ result }, { headers: { 'x-total-count': String(matching.length) } })
}

function readOptions(url: URL): DisplayOptions {
  const wanted = url.searchParams.get('sysparm_display_value')
  return {
    display: wanted === 'true' || wanted === 'all' ? wanted : 'false',
    withoutLinks: url.searchParams.get('sysparm_exclude_reference_link') === 'true',
    fields: (url.searchParams.get('sysparm_fields') ?? '').split(',').filter(Boolean),
    origin: url.origin,
  }
}

async function readFields(request: Request): Promise<Record<string, unknown>> {
  const text = await request.text()
  try {
    const fields: unknown = text === '' ? {} : JSON.parse(text)
    if (typeof fields === 'object' && fields !== null && !Array.isArray(fields))
      return { ...fields }
  } catch {
    // Said below, as of any other body that is no object.
  }
  throw new TableRefusal(400, 'Exception while reading request', 'The payload is not valid JSON')
}

function wholeNumber(url: URL, name: string, byDefault: number): number {
  const text = url.searchParams.get(name) ?? ''
  return /^\d+$/.test(text) ? Number(text) : byDefault
}

function found(table: IncidentTable, sysId: string): Incident {
  const incident = table.find(sysId)
  if (!incident) throw noRecord()
  return incident
}

function notAllowed(method: string): TableRefusal {
  return new TableRefusal(405, `Method not supported: ${method}`)
}
