import { unknownValue } from '../protocol/values.ts'
import type { Reading } from '../words/readings.ts'
import { isTold } from './webhook-events.ts'

/** The events of webhooks one by one, by their names: what is added to the set, or taken out of it, reads as that. */
export const eventsReading: Reading = {
  of: 'filters',
  read(filters) {
    if (!Array.isArray(filters) || !filters.every((event) => typeof event === 'string')) {
      return filters
    }
    if (filters.includes(unknownValue)) return unknownValue
    return Object.fromEntries(
      filters.map((event) => [event, isTold(event) ? 'told afterwards' : 'asked before']),
    )
  },
  tell: (changes) =>
    changes.map(({ keys: [event = 'filters'], kind }) =>
      kind === 'delete' ? `no longer requested for ${event}` : `requested for ${event} too`,
    ),
}
