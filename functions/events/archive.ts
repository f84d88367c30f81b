import { createHash } from 'node:crypto'
import type { ArchivedEvent } from '../../schemas/index.ts'
import type { Services } from '../services.ts'

/** Keeps a raw event for later, one object each; a repeated event overwrites nothing. */
export async function archive(event: ArchivedEvent, { store }: Services): Promise<void> {
  await store.archive(pathOf(event), JSON.stringify(event))
}

/**
 * Keeps events that came together, those of one hour in one object, a line each: `{source}/{yyyy}/{MM}/{dd}/{HH}/{hash}.jsonl`. An
 * event that Twilio delivered twice may stand in two of them; its `id` tells.
 */
export async function archiveTogether(
  events: readonly ArchivedEvent[],
  { store }: Services,
): Promise<void> {
  const ofHours = Map.groupBy(events, hourOf)
  await Promise.all(
    [...ofHours].map(([hour, own]) => {
      // The same events, handled again, overwrite nothing.
      const name = createHash('sha256')
        .update(own.map(({ id }) => id).join())
        .digest('hex')
        .slice(0, 32)
      const lines = own.map((event) => JSON.stringify(event))
      return store.archive(`${hour}/${name}.jsonl`, `${lines.join('\n')}\n`)
    }),
  )
}

/** The headers of a webhook that matter later: how to read the body, and which deliveries are repeats. */
export function archivedHeaders(headers: Headers): Record<string, string> {
  const kept = ['content-type', 'i-twilio-idempotency-token']
  return Object.fromEntries(
    kept.flatMap((name) => {
      const value = headers.get(name)
      return value === null ? [] : [[name, value]]
    }),
  )
}

/** Where an event lies in the container `raw`: `{source}/{yyyy}/{MM}/{dd}/{HH}/{id}.json`, in UTC. */
export function pathOf(event: ArchivedEvent): string {
  return `${hourOf(event)}/${event.id}.json`
}

function hourOf({ source, at }: ArchivedEvent): string {
  return `${source}/${new Date(at).toISOString().slice(0, 13).replaceAll(/[-T]/g, '/')}`
}
