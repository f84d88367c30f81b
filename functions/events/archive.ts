import type { ArchivedEvent } from '../../schemas/index.ts'
import type { Services } from '../services.ts'

/** Keeps a raw event for later, one object each; a repeated event overwrites nothing. */
export async function archive(event: ArchivedEvent, { store }: Services): Promise<void> {
  await store.archive(pathOf(event), JSON.stringify(event))
}

/** Where an event lies in the container `raw`: `{source}/{yyyy}/{MM}/{dd}/{HH}/{id}.json`, in UTC. */
export function pathOf({ source, at, id }: ArchivedEvent): string {
  const hour = new Date(at).toISOString().slice(0, 13).replaceAll(/[-T]/g, '/')
  return `${source}/${hour}/${id}.json`
}
