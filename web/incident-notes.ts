import type { IncidentView } from '../schemas/index.ts'
import { formatClockTime } from './clock-time.ts'
import { element, type Part, setAttribute, setText, show } from './dom.ts'

type Notes = IncidentView['notes']
type Phase = Notes[number]['phase']

const phases: Readonly<Record<Phase, readonly [word: string, kind: string]>> = {
  written: ['Written', 'joined'],
  waiting: ['On the way', 'ringing'],
  parked: ['Parked', 'asked'],
  refused: ['Refused', 'failed'],
}

/** How far the notes in ServiceNow are: `2 written, 1 parked until ServiceNow is back`. */
export function describeNotes(notes: Notes): string {
  const count = (wanted: Phase) => notes.filter(({ phase }) => phase === wanted).length
  const parts = [
    [count('written'), 'written'],
    [count('waiting'), 'on the way'],
    [count('parked'), 'parked until ServiceNow is back'],
    [count('refused'), 'refused'],
  ] as const
  const told = parts.filter(([many]) => many > 0).map(([many, what]) => `${many} ${what}`)
  return told.length === 0 ? 'none yet' : told.join(', ')
}

/** What is written to the incident in ServiceNow: how far it is, and each note on demand. */
export function createIncidentNotes(title: string, id: string): Part<Notes> {
  let open = false
  let shown: Notes | undefined
  const summary = element('span', { class: 'hunt-last' })
  const lines = element('ol', {
    ...{ id, class: 'hunt-lines incident-notes', tabindex: '0', 'aria-label': 'ServiceNow notes' },
  })
  const toggle = element(
    'button',
    {
      type: 'button',
      class: 'disclosure',
      'aria-controls': id,
      'aria-label': `Notes: ${title}`,
      click() {
        open = !open
        unfold()
      },
    },
    'Notes',
  )
  function unfold(): void {
    setAttribute(toggle, 'aria-expanded', String(open))
    show(lines, open, toggle)
  }
  unfold()
  return {
    element: element('div', { class: 'hunt-timeline' }, toggle, summary, lines),
    update(notes) {
      if (notes === shown) return
      shown = notes
      setText(summary, describeNotes(notes))
      setAttribute(summary, 'data-late', String(notes.some(isLate)))
      lines.replaceChildren(...notes.map(lineOf))
    },
  }
}

function isLate({ phase }: Notes[number]): boolean {
  return phase === 'parked' || phase === 'refused'
}

function lineOf({ at, text, phase }: Notes[number]): HTMLElement {
  const [word, kind] = phases[phase]
  return element(
    'li',
    {},
    element('time', { datetime: at }, formatClockTime(at)),
    element('span', {}, text),
    element('strong', { class: 'chip', 'data-hunt': kind }, word),
  )
}
