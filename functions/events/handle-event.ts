import { type ArchivedEvent, taskEvent } from '../../schemas/index.ts'
import type { Services } from '../services.ts'
import { startWrapUp } from '../wrap-up/wrap-up.ts'
import { archive } from './archive.ts'
import { react } from './reaction.ts'
import { rescue } from './rescue.ts'

/**
 * Archives an event and does what it calls for. Both are tried whatever becomes of the other, and both may be
 * repeated: also an event from the archive can be handled again.
 */
export async function handleEvent(event: ArchivedEvent, services: Services): Promise<void> {
  const results = await Promise.allSettled([archive(event, services), act(event, services)])
  const failures = results.filter((result) => result.status === 'rejected')
  if (failures.length > 0) {
    throw new AggregateError(
      failures.map(({ reason }) => reason),
      `Event ${event.id}: ${failures.map(({ reason }) => String(reason)).join('; ')}`,
    )
  }
}

async function act({ source, body }: ArchivedEvent, services: Services): Promise<void> {
  if (source !== 'taskrouter') return
  const reaction = react(taskEvent.parse(Object.fromEntries(new URLSearchParams(body))))
  switch (reaction.kind) {
    case 'none':
      return
    case 'rescue':
      return rescue(reaction, services)
    case 'start-wrap-up':
      return startWrapUp(reaction, services)
    default:
      throw new Error(`Unknown reaction ${JSON.stringify(reaction satisfies never)}`)
  }
}
