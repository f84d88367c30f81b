import type { HttpResponseInit } from '@azure/functions'
import { cancelHuntRequest, huntListQuery } from '../../schemas/index.ts'
import type { BackOfficeRequest } from '../back-office/credential.ts'
import { readNotebook } from '../service-now/write-notes.ts'
import type { Services } from '../services.ts'
import { describeIncident } from './describe-incident.ts'
import type { Incident } from './incident.ts'
import { incidentRows } from './incident-rows.ts'
import { advanceIncident } from './world.ts'

const usualLimit = 20

/** `GET /incidents/hunts/{id}`: the hunt for the incident of that `sys_id`. */
export async function showIncident(
  _body: unknown,
  services: Services,
  { params }: BackOfficeRequest,
): Promise<HttpResponseInit> {
  const id = params['id'] ?? ''
  return answer(id, (await incidentRows(services).read(id))?.row, services)
}

/** `GET /incidents/hunts`: those that still have something to do, the oldest first; `?state=closed`: the last that have not. */
export async function listIncidents(
  _body: unknown,
  services: Services,
  { query }: BackOfficeRequest,
): Promise<HttpResponseInit> {
  const { state = 'open', limit } = huntListQuery.parse(Object.fromEntries(query))
  const rows = incidentRows(services)
  const ids = state === 'open' ? await rows.open() : await rows.closed(Number(limit ?? usualLimit))
  const stored = await Promise.all(ids.map((id) => rows.read(id)))
  const hunts = stored.flatMap((one) => (one ? [one.row] : []))
  if (state === 'open') hunts.sort((a, b) => a.createdAt - b.createdAt)
  const views = hunts.map(async (hunt) =>
    describeIncident(hunt, await readNotebook(hunt.id, services)),
  )
  return { jsonBody: { hunts: await Promise.all(views) } }
}

/** `POST /incidents/hunts/{id}/stop`: nobody is called any more; a phone that rings is hung up. */
export async function stopIncident(
  body: unknown,
  services: Services,
  { params }: BackOfficeRequest,
): Promise<HttpResponseInit> {
  const { reason = 'stopped by request' } = cancelHuntRequest.parse(body)
  const id = params['id'] ?? ''
  return answer(id, await advanceIncident(id, [{ kind: 'stop', reason }], services), services)
}

async function answer(
  id: string,
  hunt: Incident | undefined,
  services: Services,
): Promise<HttpResponseInit> {
  if (hunt) return { jsonBody: describeIncident(hunt, await readNotebook(id, services)) }
  return { status: 404, jsonBody: { error: `There is no hunt for an incident ${id}` } }
}
