import type { CentreSettings, IncidentRoster, StartIncidentRequest } from '../../schemas/index.ts'
import type { Incident, Person } from './incident.ts'

type Rules = Omit<NonNullable<CentreSettings['incidents']>, 'roster' | 'rosterUrl'>

/** The hunt for an incident before its start: nobody is called yet. */
export function newIncident(
  { sys_id: id, ticket_no: ticketNo, short_description: shortDescription }: StartIncidentRequest,
  roster: IncidentRoster,
  rules: Rules,
  now: number,
): Incident {
  return {
    id,
    ticketNo,
    shortDescription: shortDescription ?? '',
    createdAt: now,
    endsAt: now + (rules.totalMinutes ?? 60) * 60_000,
    people: [
      ...inOrder(roster.agent_list).map(on('agent')),
      ...inOrder(roster.escalation_list).map(on('escalation')),
    ],
    rules: {
      attemptsPerPerson: rules.attemptsPerPerson ?? 2,
      rounds: rules.rounds ?? 1,
      afterAgents: rules.afterAgents ?? 'end',
      consequences: { ...rules.consequences },
      writes: {
        workNotes: rules.writes?.workNotes ?? true,
        comments: rules.writes?.comments ?? true,
        state: rules.writes?.state ?? true,
        assignedTo: rules.writes?.assignedTo ?? true,
      },
    },
    state: 'hunting',
    why: null,
    endedAt: null,
    acceptedBy: null,
    index: -1,
    escalationIndex: -1,
    round: 1,
    attempt: null,
    attempts: [],
    attemptCount: 0,
    notes: [],
    noteCount: 0,
    watchAt: now,
    firstAssignee: null,
    recorded: false,
    closed: false,
    runner: null,
    retryAt: null,
    troubles: 0,
    wakeAt: null,
    history: [],
  }
}

/** A list by its `index`; entries without one stay where they are written. */
export function inOrder<Entry extends { readonly index?: number }>(
  list: readonly Entry[],
): readonly Entry[] {
  return list
    .map((entry, place) => ({ entry, place: entry.index ?? place }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ entry }) => entry)
}

function on(list: Person['list']) {
  return (entry: Person['entry']): Person => ({ list, entry })
}
