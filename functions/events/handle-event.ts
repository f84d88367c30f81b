import { type ArchivedEvent, type CallEvent, callEvent, taskEvent } from '../../schemas/index.ts'
import { goneCaller, huntNews } from '../hunts/hunt-events.ts'
import { advanceHunt } from '../hunts/world.ts'
import type { Services } from '../services.ts'
import { armWrapUpSweep } from '../wrap-up/sweep.ts'
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
