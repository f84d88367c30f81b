import type { IncidentMetrics } from '../schemas/index.ts'
import { element, type Part, setText, show } from './dom.ts'
import { formatDuration } from './duration.ts'
import {
  describeDay,
  drawPlot,
  formatShare,
  outcomeKinds,
  plotPanels,
  toDays,
} from './incident-plot.ts'

type Day = IncidentMetrics['days'][number]
type Person = IncidentMetrics['people'][number]

/** The figures of several days together. */
export type IncidentTotals = {
  readonly hunts: number
  readonly accepted: number
  /** Means over all incidents; null where there is none. */
  readonly secondsToAcknowledge: number | null
  readonly attempts: number | null
  readonly escalationRate: number | null
}

const plottedDays = 14
const usualWidth = 600
const kindWords = { accepted: 'Accepted', stopped: 'Stopped', unanswered: 'Nobody accepted' }
const dayColumns = [
  ...['Day', 'Incidents', 'Accepted', 'Nobody', 'Stopped', 'Calls', 'Escalated'],
  ...['Accepted in', 'Resolved in'],
]
const personColumns = [
  ...['Person', 'Called', 'Accepted', 'Passed on', 'Escalated', 'Undecided', 'Decides in'],
]

/** Days together: a day counts by how many incidents it had. */
export function toTotals(days: readonly Day[]): IncidentTotals {
  const sum = (of: (day: Day) => number) => days.reduce((total, day) => total + of(day), 0)
  const share = (part: number, whole: number) => (whole === 0 ? null : part / whole)
  const [hunts, accepted] = [sum((day) => day.hunts), sum((day) => day.accepted)]
  const waited = sum((day) => (day.secondsToAcknowledge ?? 0) * day.accepted)
  const escalated = sum((day) => (day.escalationRate ?? 0) * day.hunts)
  return {
    hunts,
    accepted,
    secondsToAcknowledge: share(waited, accepted),
    attempts: share(
      sum((day) => day.attempts),
      hunts,
    ),
    escalationRate: share(escalated, hunts),
  }
}

/** The figures of the last two weeks: in all, a plot by day with its table, and a row for each person. */
export function createIncidentFigures(): Part<IncidentMetrics | undefined> {
  const totals = element('dl', { class: 'facts' })
  const plot = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  plot.setAttribute('role', 'img')
  plot.setAttribute('height', String(plotPanels.height))
  const legend = element(
    'ul',
    { class: 'incident-legend quiet' },
    ...outcomeKinds.map((kind) => element('li', { 'data-part': kind }, kindWords[kind])),
  )
  const days = element('tbody')
  const people = element('tbody')
  const heading = element('h3', { id: 'incident-figures' }, 'The last two weeks')
  const whole = element(
    'section',
    { class: 'incident-figures card', 'aria-labelledby': heading.id },
    ...[heading, totals],
    element('div', {}, plot, legend),
    element(
      'details',
      {},
      element('summary', {}, 'By day, as a table (UTC)'),
      tableOf('Incidents by day', dayColumns, days),
    ),
    tableOf('Calls by person', personColumns, people),
  )
  let shown: IncidentMetrics | undefined
  let plotted: readonly Day[] = []

  function draw(): void {
    const width = Math.round(plot.getBoundingClientRect().width) || usualWidth
    plot.setAttribute('viewBox', `0 0 ${width} ${plotPanels.height}`)
    plot.replaceChildren(...drawPlot(plotted, width))
  }
  // Drawn for the width that there is, so that its words stay as large as all others.
  new ResizeObserver(draw).observe(plot)

  return {
    element: whole,
    update(metrics, now) {
      show(whole, metrics !== undefined && metrics.days.length > 0)
      if (!metrics || metrics === shown) return
      shown = metrics
      plotted = toDays(metrics.days, now, plottedDays)
      plot.setAttribute('aria-label', metrics.days.map(describeDay).join('. '))
      draw()
      totals.replaceChildren(...factsOf(toTotals(metrics.days)))
      days.replaceChildren(...metrics.days.toReversed().map((day) => rowOf(cellsOfDay(day))))
      people.replaceChildren(...metrics.people.map((person) => rowOf(cellsOfPerson(person))))
    },
  }
}

function factsOf(totals: IncidentTotals): readonly HTMLElement[] {
  const facts = [
    ['Incidents', String(totals.hunts)],
    ['Accepted', String(totals.accepted)],
    ['Mean time to acknowledge', formatSeconds(totals.secondsToAcknowledge)],
    ['Calls per incident', totals.attempts === null ? '–' : totals.attempts.toFixed(1)],
    ['Escalation rate', formatShare(totals.escalationRate)],
  ] as const
  return facts.map(([term, value]) =>
    element('div', {}, element('dt', {}, term), element('dd', {}, value)),
  )
}

function cellsOfDay(day: Day): readonly string[] {
  const counts = [day.hunts, day.accepted, day.exhausted + day.failed, day.stopped, day.attempts]
  return [
    ...[day.day, ...counts.map(String), formatShare(day.escalationRate)],
    ...[day.secondsToAcknowledge, day.secondsToResolve].map(formatSeconds),
  ]
}

function cellsOfPerson(person: Person): readonly string[] {
  const { name, called, accepted, passedOn, escalated, undecided, secondsToDecide } = person
  const counts = [called, accepted, passedOn, escalated, undecided]
  return [name, ...counts.map(String), formatSeconds(secondsToDecide)]
}

function formatSeconds(seconds: number | null): string {
  return seconds === null ? '–' : formatDuration(seconds * 1000)
}

function tableOf(
  caption: string,
  columns: readonly string[],
  rows: HTMLTableSectionElement,
): HTMLElement {
  const title = element('caption', { class: 'visually-hidden' })
  setText(title, caption)
  const head = columns.map((column) => element('th', { scope: 'col' }, column))
  const table = element('table', {}, title, element('thead', {}, element('tr', {}, ...head)), rows)
  // Wide tables scroll by themselves, also by keyboard.
  return element(
    'div',
    { class: 'incident-table', role: 'group', 'aria-label': caption, tabindex: '0' },
    table,
  )
}

function rowOf([first = '', ...others]: readonly string[]): HTMLElement {
  const cells = others.map((cell) => element('td', {}, cell))
  return element('tr', {}, element('th', { scope: 'row' }, first), ...cells)
}
