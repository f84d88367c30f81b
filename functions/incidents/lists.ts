import { isOpen } from '../voice/hours.ts'
import { finish } from './ending.ts'
import type { Incident, Person } from './incident.ts'
import { skipNote } from './notes.ts'

/** Why a hunt ends that reached its limit. */
export const timeOver = 'the time for this hunt is over'

/** Goes on to the next one of `agent_list` or `escalation_list` who may be called; ends the hunt when there is none. */
export function goOn(hunt: Incident, list: Person['list'], now: number): void {
  hunt.attempt = null
  if (now >= hunt.endsAt) {
    finish(hunt, 'exhausted', timeOver, now)
    return
  }
  for (let turn: Person['list'] | null = list; turn !== null; ) {
    const person = advance(hunt, turn)
    if (person === undefined) {
      turn = afterEndOf(turn, hunt)
      continue
    }
    if (wasCalledEnough(hunt, person)) continue
    const reason = whyNot(hunt, person, now)
    if (reason === null) {
      begin(hunt, person, now)
      return
    }
    skip(hunt, person, reason, now)
  }
  finish(hunt, 'exhausted', 'No available agents to accept the ticket', now)
}

/** Leaves out somebody who cannot be called now, and goes on. */
export function skip(hunt: Incident, person: number, reason: string, now: number): void {
  hunt.history.push({ at: now, what: 'skipped', person, text: reason })
  skipNote(hunt, person, reason, now)
}

// The next place of that list, and who stands there; undefined behind its end.
function advance(hunt: Incident, list: Person['list']): number | undefined {
  const own = [...hunt.people.keys()].filter((person) => hunt.people[person]?.list === list)
  const place = list === 'agent' ? hunt.index + 1 : hunt.escalationIndex + 1
  if (list === 'agent') hunt.index = Math.min(place, own.length)
  else hunt.escalationIndex = Math.min(place, own.length)
  return own[place]
}

// Behind the escalation list come those agents who were not asked yet; behind both lists comes the next round.
function afterEndOf(list: Person['list'], hunt: Incident): Person['list'] | null {
  const left = (other: Person['list'], place: number) =>
    hunt.people.filter((person) => person.list === other).length > place + 1
  if (list === 'escalation' && left('agent', hunt.index)) return 'agent'
  const escalates = hunt.rules.afterAgents === 'escalate'
  if (list === 'agent' && escalates && left('escalation', hunt.escalationIndex)) return 'escalation'
  if (hunt.round >= hunt.rules.rounds) return null
  hunt.round++
  hunt.index = -1
  hunt.escalationIndex = -1
  return 'agent'
}

// Somebody may stand in both lists: the phone is the person.
function wasCalledEnough({ people, attempts, rules }: Incident, person: number): boolean {
  const phoneOf = (one: number) => people[one]?.entry.phone_no
  const calls = attempts.filter((attempt) => phoneOf(attempt.person) === phoneOf(person))
  return calls.length >= rules.attemptsPerPerson
}

function whyNot({ people }: Incident, person: number, now: number): string | null {
  const onCall = people[person]?.entry.on_call
  if (!onCall) return null
  const hours = { timeZone: onCall.time_zone, open: onCall.open, closedPrompt: '' }
  return isOpen(hours, now) ? null : `is not on call now (${onCall.time_zone})`
}

function begin(hunt: Incident, person: number, now: number): void {
  hunt.attemptCount++
  hunt.attempt = {
    number: hunt.attemptCount,
    person,
    phase: hunt.people[person]?.entry.worker_sid === undefined ? 'wanted' : 'checking',
    executionSid: null,
    begunAt: now,
    lookAt: now,
    looks: 0,
  }
}
