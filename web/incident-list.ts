import type { IncidentView } from '../schemas/index.ts'

/** An incident as it stands in ServiceNow. */
export type IncidentTicket = {
  readonly id: string
  readonly number: string
  readonly description: string
  /** As ServiceNow says it: `1 - Critical`, `In Progress`. */
  readonly priority: string
  readonly state: string
  readonly assignedTo: string | null
  /** Resolved, closed or canceled. */
  readonly isOver: boolean
  readonly createdAt: string
}

/** The phone of the person who is called about an incident. */
export type IncidentPhone = {
  readonly callSid: string
  readonly address: string
  /** What the person hears: `Say: Hello Bob …`. */
  readonly doing: string | null
  /** Null while it rings. */
  readonly answeredAt: number | null
}

/** An incident on the page: what ServiceNow knows of it, and its hunt; one of them may be missing. */
export type IncidentItem = {
  readonly id: string
  readonly title: string
  readonly createdAt: string
  readonly ticket: IncidentTicket | null
  readonly hunt: IncidentView | null
}

/** Incidents with their hunts, the newest first. */
export function toIncidents(
  tickets: readonly IncidentTicket[],
  hunts: readonly IncidentView[],
): readonly IncidentItem[] {
  const ticketOf = new Map(tickets.map((ticket) => [ticket.id, ticket]))
  const hunted = new Set(hunts.map(({ id }) => id))
  return [
    ...hunts.map((hunt) => {
      const { id, ticketNo, shortDescription, createdAt } = hunt
      const ticket = ticketOf.get(id) ?? null
      return { id, title: titleOf(ticketNo, shortDescription), createdAt, ticket, hunt }
    }),
    ...tickets
      .filter(({ id }) => !hunted.has(id))
      .map((ticket) => {
        const { id, number, description, createdAt } = ticket
        return { id, title: titleOf(number, description), createdAt, ticket, hunt: null }
      }),
  ].toSorted(
    (one, other) =>
      Date.parse(other.createdAt) - Date.parse(one.createdAt) ||
      other.title.localeCompare(one.title),
  )
}

/** Somebody is still looked for. */
export function isHunting({ hunt }: Pick<IncidentItem, 'hunt'>): boolean {
  return hunt?.state === 'hunting'
}

function titleOf(number: string, description: string): string {
  return [number, description].filter(Boolean).join(' · ')
}
