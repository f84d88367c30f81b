import type { ArchivedEvent } from '../../schemas/index.ts'
import type { Services } from '../services.ts'

/** Keeps a raw event for later, one object each; a repeated event overwrites nothing. */
export async function archive(event: ArchivedEvent, { store }: Services): Promise<void> {
  await store.archive(pathOf(event), JSON.stringify(event))
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
export function pathOf({ source, at, id }: ArchivedEvent): string {
  const hour = new Date(at).toISOString().slice(0, 13).replaceAll(/[-T]/g, '/')
  return `${source}/${hour}/${id}.json`
}
