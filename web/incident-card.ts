import type { IncidentView } from '../schemas/index.ts'
import { formatClockTime } from './clock-time.ts'
import { element, keyedList, type Part, setAttribute, setText, show } from './dom.ts'
import { formatDuration } from './duration.ts'
import { createHuntTimeline } from './hunt-timeline.ts'

/** One line of an incident: somebody who was called, or is being called. */
export type CallLine = {
  readonly number: number
  readonly name: string
  readonly escalation: boolean
  /** What came of it; null while it lasts. */
  readonly outcome: string | null
  /** Milliseconds since the Unix epoch. */
  readonly since: number
  readonly until: number | null
}

const stateWords: Readonly<Record<IncidentView['state'], readonly [word: string, kind: string]>> = {
  hunting: ['Calling', 'ringing'],
  accepted: ['Accepted', 'joined'],
  exhausted: ['Nobody accepted', 'failed'],
  stopped: ['Stopped', 'quiet'],
  failed: ['Failed', 'failed'],
}

// As the functions name what came of a call.
const outcomeWords: Readonly<Record<string, string>> = {
  next: 'passed on',
  escalate: 'escalated',
  otherKey: 'another key',
  silence: 'no key',
  noAnswer: 'no answer',
  failed: 'not reached',
  machine: 'answering machine',
  hungUp: 'hung up',
  occupied: 'called about another incident',
  stopped: 'call ended',
}

/** The calls of an incident in their order, the current one last. */
export function toCallLines({ attempts, current }: IncidentView): readonly CallLine[] {
  const past = attempts.map(({ number, name, list, outcome, startedAt, endedAt }) => ({
    ...{ number, name, escalation: list === 'escalation', outcome },
    since: Date.parse(startedAt),
    until: Date.parse(endedAt),
  }))
  if (!current) return past
  const { number, name, list, since } = current
  const escalation = list === 'escalation'
  return [
    ...past,
    { number, name, escalation, outcome: null, since: Date.parse(since), until: null },
  ]
}

/** How far the notes in ServiceNow are; empty when all are written. */
export function describeNotes({ notes }: IncidentView): string {
  const count = (wanted: string) => notes.filter(({ phase }) => phase === wanted).length
  const parts = [
    [count('parked'), 'parked until ServiceNow is back'],
    [count('waiting'), 'on the way to ServiceNow'],
    [count('refused'), 'refused by ServiceNow'],
  ] as const
  return parts
    .filter(([many]) => many > 0)
    .map(([many, what]) => `${many} ${many === 1 ? 'note' : 'notes'} ${what}`)
    .join(', ')
}

/** An incident: how its hunt stands, and who was called. */
export function createIncidentCard(first: IncidentView): Part<IncidentView> {
  const title = [first.ticketNo, first.shortDescription].filter(Boolean).join(' · ')
  const chip = element('span', { class: 'chip' })
  const about = element('p', { class: 'quiet' })
  const notes = element('p', { class: 'hunt-why' })
  const calls = element('ol', { class: 'incident-calls', 'aria-label': 'Calls' })
  const updateCalls = keyedList(calls, ({ number }: CallLine) => String(number), createCallLine)
  const timeline = createHuntTimeline(title, `incident-${first.id}-timeline`)
  const card = element(
    'article',
    { class: 'hunt card' },
    element('div', { class: 'hunt-header' }, element('h3', { class: 'hunt-title' }, title), chip),
    about,
    calls,
    notes,
    timeline.element,
  )
  return {
    element: card,
    update(incident, now) {
      const [word, kind] = stateWords[incident.state]
      setText(chip, word)
      setAttribute(chip, 'data-hunt', kind)
      setAttribute(card, 'data-state', incident.state === 'hunting' ? 'offering' : incident.state)
      setText(about, describe(incident))
      const far = describeNotes(incident)
      setText(notes, far)
      show(notes, far !== '')
      updateCalls(toCallLines(incident), now)
      timeline.update(incident.timeline, now)
    },
  }
}

function createCallLine(): Part<CallLine> {
  const who = element('span')
  const what = element('span', { class: 'quiet' })
  const row = element('li', {}, who, what)
  return {
    element: row,
    update({ name, escalation, outcome, since, until }, now) {
      setText(who, escalation ? `${name} (escalation)` : name)
      setText(
        what,
        `${outcome === null ? 'is being called' : (outcomeWords[outcome] ?? outcome)} · ${formatDuration((until ?? now) - since)}`,
      )
      setAttribute(row, 'data-outcome', outcome ?? 'live')
    },
  }
}

function describe({ createdAt, endedAt, acceptedBy, why }: IncidentView): string {
  const ended = endedAt === null ? '' : `, ended ${formatClockTime(endedAt)}`
  const how = acceptedBy === null ? why : `${acceptedBy} has it`
  return [`started ${formatClockTime(createdAt)}${ended}`, how].filter(Boolean).join(' · ')
}
