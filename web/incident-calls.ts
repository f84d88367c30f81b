import type { IncidentView } from '../schemas/index.ts'
import { formatClockTime } from './clock-time.ts'
import { element, type Part, setAttribute, setText, show } from './dom.ts'
import { formatDuration } from './duration.ts'

/** Somebody who was called about an incident, or is being called. */
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

// As the functions name what came of a call; the kind is its colour.
const outcomes: Readonly<Record<string, readonly [word: string, kind: string]>> = {
  accepted: ['Accepted', 'joined'],
  next: ['Passed on', 'quiet'],
  escalate: ['Escalated', 'asked'],
  otherKey: ['Another key', 'quiet'],
  silence: ['No key', 'quiet'],
  busy: ['Busy', 'quiet'],
  noAnswer: ['No answer', 'quiet'],
  failed: ['Not reached', 'failed'],
  machine: ['Answering machine', 'quiet'],
  hungUp: ['Hung up', 'quiet'],
  occupied: ['On another incident', 'quiet'],
  stopped: ['Call ended', 'quiet'],
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

/** Who is on the roster and was not called; empty when all were. */
export function describeOthers({ people, current }: IncidentView): string {
  const names = people
    .filter(({ calls, name, list }) => {
      const isCurrent = current?.name === name && current.list === list
      return calls === 0 && !isCurrent
    })
    .map(({ name, list }) => (list === 'escalation' ? `${name} (escalation)` : name))
  return names.length === 0 ? '' : `Not called: ${names.join(', ')}`
}

/** A call: whom, when, for how long, and what came of it. */
export function createCallLine(): Part<CallLine> {
  const time = element('time', { class: 'quiet' })
  const who = element('span', { class: 'incident-who' })
  const list = element('span', { class: 'quiet' }, 'escalation')
  const chip = element('span', { class: 'chip' })
  const lasted = element('span', { class: 'quiet incident-lasted' })
  const row = element('li', {}, time, element('span', {}, who, ' ', list), chip, lasted)
  return {
    element: row,
    update({ name, escalation, outcome, since, until }, now) {
      setText(time, formatClockTime(since))
      setText(who, name)
      show(list, escalation)
      const [word, kind] =
        outcome === null
          ? (['Is called', 'ringing'] as const)
          : (outcomes[outcome] ?? [outcome, 'quiet'])
      setText(chip, word)
      setAttribute(chip, 'data-hunt', kind)
      setText(lasted, formatDuration((until ?? now) - since))
    },
  }
}
