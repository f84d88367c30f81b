import { type ArchivedEvent, taskEvent } from '../../schemas/index.ts'
import type { Services } from '../services.ts'
import { startWrapUp, watchWorker } from '../wrap-up/wrap-up.ts'
import { archive } from './archive.ts'
import { react } from './reaction.ts'
import { rescue } from './rescue.ts'

const retryMs = 10_000

/**
 * Archives an event and does what it calls for; the one does not wait for the other, and an archive that is
 * away does not have it done twice. Handling an event again has no second effect, be it from the archive.
 */
export async function handleEvent(event: ArchivedEvent, services: Services): Promise<void> {
  const archived = archive(event, services).catch(async (error: unknown) => {
    services.log.warn('archive.failed', { id: event.id, error })
    await services.schedule(services.now() + retryMs, { kind: 'archive', event })
  })
  await Promise.all([act(event, services), archived])
}

async function act({ source, body, receivedAt }: ArchivedEvent, services: Services): Promise<void> {
  if (source !== 'taskrouter') return
  const reaction = react(taskEvent.parse(Object.fromEntries(new URLSearchParams(body))))
  switch (reaction.kind) {
    case 'none':
      return
    case 'rescue':
      return rescue(reaction, services)
    case 'start-wrap-up':
      return startWrapUp({ ...reaction, at: receivedAt }, services)
    case 'worker-moved':
      return watchWorker({ ...reaction, at: receivedAt }, services)
    default:
      throw new Error(`Unknown reaction ${JSON.stringify(reaction satisfies never)}`)
  }
}
