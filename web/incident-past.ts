import type { IncidentView } from '../schemas/index.ts'
import type { IncidentTicket } from './incident-list.ts'

/** Incidents as they stand in ServiceNow, the newest first, and the hunts for them. */
export type Incidents = {
  readonly tickets: readonly IncidentTicket[]
  readonly hunts: readonly IncidentView[]
}

/** So many incidents the centre tells of by itself, and so many older ones whenever it is asked. */
export const incidentsAtOnce = 25

/** What a page knows of incidents besides those that the centre tells of by itself. */
export interface IncidentPast {
  /** Older ones that the centre was asked for. */
  add(older: Incidents): void
  /** The incident was resolved here. */
  resolve(id: string): void
  /** All that is known, the last news included. */
  withNews(news: Incidents): Incidents
  /** The oldest of them. */
  oldest(news: Incidents): string | undefined
}

/**
 * A past that is empty until somebody asks for older incidents. From then on nothing is forgotten: what is new pushes others out of the
 * centre's news, and they must not be missing between those and the older ones.
 */
export function createIncidentPast(): IncidentPast {
  let isKept = false
  const tickets = new Map<string, IncidentTicket>()
  const hunts = new Map<string, IncidentView>()
  const keep = (more: Incidents) => {
    for (const ticket of more.tickets) tickets.set(ticket.id, ticket)
    for (const hunt of more.hunts) hunts.set(hunt.id, hunt)
  }
  return {
    add(older) {
      isKept = true
      keep(older)
    },
    resolve(id) {
      const ticket = tickets.get(id)
      if (ticket) tickets.set(id, { ...ticket, state: 'Resolved', isOver: true })
    },
    withNews(news) {
      if (!isKept) return news
      keep(news)
      return { tickets: [...tickets.values()], hunts: [...hunts.values()] }
    },
    oldest(news) {
      const known = [...tickets.values(), ...news.tickets]
      return known.toSorted(
        (a, b) => a.createdAt.localeCompare(b.createdAt) || a.number.localeCompare(b.number),
      )[0]?.id
    },
  }
}
