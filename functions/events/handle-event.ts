import { type ArchivedEvent, type CallEvent, callEvent, taskEvent } from '../../schemas/index.ts'
import { goneCaller, type HuntNews, huntNews } from '../hunts/hunt-events.ts'
import { advanceHunt } from '../hunts/world.ts'
import type { Services } from '../services.ts'
import { armWrapUpSweep } from '../wrap-up/sweep.ts'
import { startWrapUp, watchWorker } from '../wrap-up/wrap-up.ts'
import { archive, archiveTogether } from './archive.ts'
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

/** Handles events that came together; one that fails comes again by itself, later. A hunt hears all that is its own at once. */
export async function handleEvents(
  events: readonly ArchivedEvent[],
  services: Services,
): Promise<void> {
  const read = events.map((event) => ({ event, news: newsOf(event) }))
  const ofHunts = Map.groupBy(read, ({ news }) => news?.id)
  const again = async (failed: readonly ArchivedEvent[], error: unknown) => {
    for (const event of failed) {
      services.log.warn('event.failed', { id: event.id, error })
      await services.schedule(services.now() + retryMs, { kind: 'event', event })
    }
  }
  const acts = [...ofHunts].flatMap(([id, together]) => {
    const own = together.map(({ event }) => event)
    if (id === undefined) {
      return own.map((event) => act(event, services).catch((error) => again([event], error)))
    }
    const told = together.flatMap(({ news }) => news?.event ?? [])
    if (told.length === 0) return []
    return advanceHunt(id, told, services).catch((error: unknown) => again(own, error))
  })
  const archived = archiveTogether(events, services).catch(async (error: unknown) => {
    services.log.warn('archive.failed', { ids: events.map(({ id }) => id), error })
    for (const event of events) {
      await services.schedule(services.now() + retryMs, { kind: 'archive', event })
    }
  })
  await Promise.all([...acts, archived])
}

/** What an event says about a hunt. */
function newsOf({ source, body }: ArchivedEvent): HuntNews | undefined {
  if (source !== 'taskrouter') return undefined
  return huntNews(taskEvent.parse(Object.fromEntries(new URLSearchParams(body))))
}

async function act({ source, body, receivedAt }: ArchivedEvent, services: Services): Promise<void> {
  const parameters = Object.fromEntries(new URLSearchParams(body))
  if (source === 'voice') return tellHunts(callEvent.parse(parameters), services)
  if (source !== 'taskrouter') return
  const event = taskEvent.parse(parameters)
  // A task of a hunt is no call: what happens to it is the hunt's.
  const news = huntNews(event)
  if (news) {
    if (news.event) await advanceHunt(news.id, [news.event], services)
    return
  }
  const reaction = react(event)
  switch (reaction.kind) {
    case 'none':
      return
    case 'rescue':
      return rescue(reaction, services)
    case 'start-wrap-up':
      return startWrapUp({ ...reaction, at: receivedAt }, services)
    case 'watch-wrap-ups':
      return armWrapUpSweep(services)
    case 'worker-moved':
      return watchWorker({ ...reaction, at: receivedAt }, services)
    default:
      throw new Error(`Unknown reaction ${JSON.stringify(reaction satisfies never)}`)
  }
}

async function tellHunts(event: CallEvent, { settings, schedule, now }: Services): Promise<void> {
  const callSid = settings.centre.hunts ? goneCaller(event) : undefined
  if (callSid !== undefined) await schedule(now(), { kind: 'caller-gone', callSid })
}
