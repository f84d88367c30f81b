import { attemptKey, type Incident, type Outcome } from './incident.ts'

/** What came of a call, as people say it. */
export const outcomeWords: Readonly<Record<Outcome, string>> = {
  accepted: 'accepted the incident',
  next: 'passed it on to the next engineer',
  escalate: 'escalated it',
  otherKey: 'pressed a key that is not offered',
  silence: 'pressed no key',
  busy: 'the line was busy',
  noAnswer: 'no answer',
  failed: 'the call failed',
  machine: 'an answering machine answered',
  hungUp: 'hung up without a decision',
  occupied: 'is being called about another incident',
  stopped: 'the call was ended, since the incident needs nobody any more',
}

/** The line that an attempt leaves on the incident. */
export function attemptNote(hunt: Incident, number: number, now: number): void {
  const attempt = hunt.attempts.find((one) => one.number === number)
  const entry = attempt && hunt.people[attempt.person]?.entry
  if (!attempt || !entry || !hunt.rules.writes.workNotes) return
  const who = `${entry.name} (${entry.role}, ${masked(entry.phone_no)})`
  const text = `${who}, called at ${isoSeconds(attempt.begunAt)}: ${outcomeWords[attempt.outcome]}`
  hunt.notes.push(noteOf(attemptKey(hunt, number), now, { work_notes: text }))
}

/** The line about somebody who was left out. */
export function skipNote(hunt: Incident, person: number, reason: string, now: number): void {
  const entry = hunt.people[person]?.entry
  if (!entry || !hunt.rules.writes.workNotes) return
  hunt.noteCount++
  const key = `${attemptKey(hunt, hunt.attemptCount)}-skip-${hunt.noteCount}`
  const text = `${entry.name} (${entry.role}, ${masked(entry.phone_no)}), left out at ${isoSeconds(now)}: ${reason}`
  hunt.notes.push(noteOf(key, now, { work_notes: text }))
}

/** The one line at the end, which the customer sees; when accepted, the incident changes hands with it. */
export function endNote(hunt: Incident, now: number): void {
  const { writes } = hunt.rules
  const winner = hunt.acceptedBy === null ? undefined : hunt.people[hunt.acceptedBy]?.entry
  const fields: Record<string, string> = {}
  if (writes.comments) fields['comments'] = endText(hunt, winner?.name)
  if (winner && writes.state) fields['state'] = inProgress
  if (winner?.assigned_to && writes.assignedTo) fields['assigned_to'] = winner.assigned_to
  if (Object.keys(fields).length > 0) {
    hunt.notes.push(noteOf(`${attemptKey(hunt, hunt.attemptCount)}-end`, now, fields))
  }
}

/** ServiceNow's number of the state In Progress. */
const inProgress = '2'

function endText({ state, why }: Incident, winner: string | undefined): string {
  switch (state) {
    case 'accepted':
      return `Your incident was accepted by ${winner}.`
    case 'exhausted':
      return `${why}.`
    case 'stopped':
      return `The search for an engineer has ended: ${why}.`
    case 'failed':
    case 'hunting':
      return `The search for an engineer could not go on: ${why}.`
    default:
      throw new Error(`Unknown state ${state satisfies never}`)
  }
}

function noteOf(key: string, at: number, fields: Readonly<Record<string, string>>) {
  return { key, at, fields: { ...fields } }
}

/** All but the last four digits of a phone number masked. */
export function masked(phone: string): string {
  return `${'*'.repeat(Math.max(0, phone.length - 4))}${phone.slice(-4)}`
}

function isoSeconds(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
