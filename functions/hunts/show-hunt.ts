import type { HttpResponseInit } from '@azure/functions'
import type { BackOfficeRequest } from '../back-office/credential.ts'
import type { Services } from '../services.ts'
import { describeHunt } from './timeline.ts'
import { huntRows } from './world.ts'

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

/** `GET /hunts`: those that are not over yet, the oldest first. */
export async function listHunts(_body: unknown, services: Services): Promise<HttpResponseInit> {
  const rows = huntRows(services)
  const stored = await Promise.all((await rows.open()).map((id) => rows.read(id)))
  const hunts = stored
    .flatMap((one) => (one ? [one.hunt] : []))
    .sort((a, b) => a.createdAt - b.createdAt)
  return { jsonBody: { hunts: hunts.map(describeHunt) } }
}

/** The answer about a hunt that there is not, or no more. */
export function unknownHunt(id: string): HttpResponseInit {
  return { status: 404, jsonBody: { error: `There is no hunt ${id}` } }
}
