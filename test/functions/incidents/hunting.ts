import { begin } from '../../../functions/incidents/effect.ts'
import { attemptKey, type Incident, type Outcome } from '../../../functions/incidents/incident.ts'
import { newIncident } from '../../../functions/incidents/new-incident.ts'
import { type IncidentEvent, step } from '../../../functions/incidents/step.ts'
import type { CentreSettings, RosterEntry } from '../../../schemas/index.ts'

type Rules = Omit<NonNullable<CentreSettings['incidents']>, 'roster' | 'rosterUrl'>

/** Monday, 5 January 2026, 09:00 UTC. */
export const startMs = Date.UTC(2026, 0, 5, 9)
export const sysId = 'a'.repeat(32)

/** Somebody on the roster; the name’s first letter is the phone. */
export function person(name: string, more: Partial<RosterEntry> = {}): RosterEntry {
  const digits = String(name.charCodeAt(0)).padStart(4, '0')
  return { name, role: 'engineer', phone_no: `+1202555${digits}`, ...more }
}

/** A started hunt, which tests bring on by events. */
export function startHunt(
  agents: readonly RosterEntry[],
  escalation: readonly RosterEntry[] = [],
  rules: Rules = {},
  at = startMs,
): Incident {
  const roster = { agent_list: [...agents], escalation_list: [...escalation] }
  const request = { sys_id: sysId, ticket_no: 'INC0010001', short_description: 'mail is down' }
  return step(newIncident(request, roster, rules, at), { kind: 'start' }, at)
}

/** The person who is being called, begins to ring: the execution is there. */
export function ring(hunt: Incident, at = startMs): Incident {
  const number = hunt.attempt?.number ?? 0
  const begun = structuredClone(hunt)
  if (begun.attempt) begin(begun, { kind: 'start-execution', attempt: begun.attempt }, at)
  return step(begun, { kind: 'execution', number, sid: `FN${number}` }, at)
}

/** The call comes to this. */
export function end(hunt: Incident, outcome: Outcome, at = startMs + 1000): Incident {
  return step(ring(hunt, at), outcomeOf(hunt, outcome), at)
}

/** All of these, one call after the other. */
export function endAll(hunt: Incident, ...outcomes: readonly Outcome[]): Incident {
  return outcomes.reduce((before, outcome) => end(before, outcome), hunt)
}

/** Who is being called; undefined when nobody is. */
export function calledNow(hunt: Incident): string | undefined {
  return hunt.attempt ? hunt.people[hunt.attempt.person]?.entry.name : undefined
}

/** Everything that is to be written to the incident, in that order. */
export function written(hunt: Incident): readonly Readonly<Record<string, string>>[] {
  return hunt.notes.map(({ fields }) => fields)
}

/** The event by which the end of the current call is told. */
export function toldEnded(hunt: Incident): IncidentEvent {
  const number = hunt.attempt?.number ?? 0
  return { kind: 'told-ended', key: attemptKey(hunt, number), sid: `FN${number}` }
}

function outcomeOf(hunt: Incident, outcome: Outcome): IncidentEvent {
  return { kind: 'outcome', number: hunt.attempt?.number ?? 0, outcome }
}
