import type { HttpResponseInit } from '@azure/functions'
import { huntListQuery } from '../../schemas/index.ts'
import type { BackOfficeRequest } from '../back-office/credential.ts'
import type { Services } from '../services.ts'
import { describeHunt } from './timeline.ts'
import { huntRows } from './world.ts'

const usualLimit = 20

/** `GET /hunts/{id}`: the hunt, and what happened as sentences. */
export async function showHunt(
  _body: unknown,
  services: Services,
  { params }: BackOfficeRequest,
): Promise<HttpResponseInit> {
  const id = params['id'] ?? ''
  const stored = await huntRows(services).read(id)
  return stored ? { jsonBody: describeHunt(stored.hunt) } : unknownHunt(id)
}

/** `GET /hunts`: those that still have something to do, the oldest first; or the last that have not, the newest first. */
export async function listHunts(
  _body: unknown,
  services: Services,
  { query }: BackOfficeRequest,
): Promise<HttpResponseInit> {
  const { state = 'open', limit } = huntListQuery.parse(Object.fromEntries(query))
  const rows = huntRows(services)
  const ids = state === 'open' ? await rows.open() : await rows.closed(Number(limit ?? usualLimit))
  const stored = await Promise.all(ids.map((id) => rows.read(id)))
  const hunts = stored.flatMap((one) => (one ? [one.hunt] : []))
  if (state === 'open') hunts.sort((a, b) => a.createdAt - b.createdAt)
  return { jsonBody: { hunts: hunts.map(describeHunt) } }
}

/** The answer about a hunt that there is not, or no more. */
export function unknownHunt(id: string): HttpResponseInit {
  return { status: 404, jsonBody: { error: `There is no hunt ${id}` } }
}
