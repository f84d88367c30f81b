import type { IncidentView } from '../../schemas/index.ts'
import type { Notebook } from '../service-now/notebook.ts'
import type { Incident, IncidentHistoryEntry } from './incident.ts'
import { masked, outcomeWords } from './notes.ts'

/** The hunt for people: names instead of numbers, its history as sentences, and how far its notes are. */
export function describeIncident(hunt: Incident, notebook: Notebook | undefined): IncidentView {
  const { attempt, people } = hunt
  const personOf = (person: number) => ({
    name: people[person]?.entry.name ?? `person ${person}`,
    list: people[person]?.list ?? ('agent' as const),
  })
  return {
    id: hunt.id,
    ticketNo: hunt.ticketNo,
    shortDescription: hunt.shortDescription,
    state: hunt.state,
    why: hunt.why,
    createdAt: iso(hunt.createdAt),
    endsAt: iso(hunt.endsAt),
    endedAt: hunt.endedAt === null ? null : iso(hunt.endedAt),
    round: hunt.round,
    acceptedBy: hunt.acceptedBy === null ? null : personOf(hunt.acceptedBy).name,
    current: attempt && {
      number: attempt.number,
      ...personOf(attempt.person),
      phase: attempt.phase,
      executionSid: attempt.executionSid,
      since: iso(attempt.begunAt),
    },
    people: people.map(({ list, entry }, person) => {
      const calls = hunt.attempts.filter((one) => one.person === person)
      const last = calls.at(-1)
      return {
        ...{ name: entry.name, role: entry.role, list, phone: masked(entry.phone_no) },
        calls: calls.length,
        last: last ? outcomeWords[last.outcome] : null,
      }
    }),
    attempts: hunt.attempts.map(({ number, person, outcome, executionSid, begunAt, endedAt }) => ({
      ...{ number, ...personOf(person), outcome, executionSid },
      startedAt: iso(begunAt),
      endedAt: iso(endedAt),
    })),
    notes: notesOf(hunt, notebook),
    timeline: hunt.history.map((entry) => ({
      at: iso(entry.at),
      text: sentence(entry, entry.person === undefined ? '' : personOf(entry.person).name),
    })),
  }
}

function notesOf(hunt: Incident, notebook: Notebook | undefined): IncidentView['notes'] {
  const handedOver = notebook?.notes ?? []
  const parked = notebook !== undefined && notebook.retryAt !== null
  const waiting = hunt.notes.filter(({ key }) => !handedOver.some((note) => note.key === key))
  const textOf = (fields: Readonly<Record<string, string>>) =>
    fields['work_notes'] ?? fields['comments'] ?? Object.keys(fields).join(', ')
  return [
    ...handedOver.map(({ at, fields, phase }) => ({
      at: iso(at),
      text: textOf(fields),
      phase: shownPhase(phase, parked),
    })),
    ...waiting.map(({ at, fields }) => ({
      ...{ at: iso(at), text: textOf(fields), phase: 'waiting' as const },
    })),
  ]
}

function shownPhase(
  phase: Notebook['notes'][number]['phase'],
  parked: boolean,
): IncidentView['notes'][number]['phase'] {
  if (phase === 'written' || phase === 'refused') return phase
  return parked ? 'parked' : 'waiting'
}

function sentence({ what, text }: IncidentHistoryEntry, name: string): string {
  switch (what) {
    case 'started':
      return `the hunt starts${text ? `: ${text}` : ''}`
    case 'called':
      return `${name} is called`
    case 'skipped':
      return `${name} is left out: ${text}`
    case 'away from Twilio':
      return `Twilio does not answer: ${text}`
    default:
      return name ? `${name}: ${wordsFor(what)}` : `${what}: ${text}`
  }
}

function wordsFor(what: string): string {
  return Object.entries(outcomeWords).find(([outcome]) => outcome === what)?.[1] ?? what
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
