import { eventSchemas, eventTypes } from '../../../schemas/index.ts'
import { badRequest } from '../rest/refusal.ts'

/** An event type that a subscription names, and the version of its schema that it wants. */
export type SubscribedEvent = { readonly type: string; readonly schemaVersion: number }

/** Reads an event type and a version of its schema, by default the latest; refuses what the catalogue does not have. */
export function readSubscribedEvent(type: string, version: unknown): SubscribedEvent {
  const known = eventTypes.get(type)
  if (!known) throw badRequest(`Type not found in the system: ${type}`)
  if (known.status === 'discontinued') {
    throw badRequest(`Type ${type} is discontinued and cannot be subscribed to`)
  }
  const latest = eventSchemas.get(known.schemaId)?.latestVersion ?? 1
  if (version === undefined || version === null) return { type, schemaVersion: latest }
  const number = Number(version)
  if (!Number.isInteger(number) || number < 1 || number > latest) {
    throw badRequest(
      `Type ${type} has no schema version ${String(version)}: ${known.schemaId} has versions 1 to ${latest}`,
    )
  }
  return { type, schemaVersion: number }
}
