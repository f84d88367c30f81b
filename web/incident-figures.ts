import type { IncidentMetrics } from '../schemas/index.ts'
import { element, type Part, setText, show } from './dom.ts'
import {
  describeDay,
  drawPlot,
  formatSeconds,
  formatShare,
  outcomeKinds,
  plotPanels,
} from './incident-plot.ts'

type Day = IncidentMetrics['days'][number]
type Person = IncidentMetrics['people'][number]

const usualWidth = 600
const kindWords = { accepted: 'Accepted', stopped: 'Stopped', unanswered: 'Nobody accepted' }
const dayColumns = [
  ...['Day', 'Incidents', 'Accepted', 'Nobody', 'Stopped', 'Calls', 'Escalated'],
  ...['Half accepted in', '9 of 10 in', 'Half resolved in'],
]
const personColumns = [
  ...['Person', 'Called', 'Accepted', 'Passed on', 'Escalated', 'Undecided', 'Half decided in'],
]

/** The figures of the last two weeks: in all, a plot by day with its table, and a row for each person. */
export function createIncidentFigures(): Part<IncidentMetrics | undefined> {
  const totals = element('dl', { class: 'facts' })
  const summary = element('summary')
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
    element('details', {}, summary, tableOf('Incidents by day', dayColumns, days)),
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
    update(metrics) {
      show(whole, metrics !== undefined && metrics.total.hunts > 0)
      if (!metrics || metrics === shown) return
      shown = metrics
      plotted = metrics.days
      const busy = metrics.days.filter(({ hunts }) => hunts > 0)
      plot.setAttribute('aria-label', busy.map(describeDay).join('. '))
      draw()
      totals.replaceChildren(...factsOf(metrics.total))
      setText(summary, `By day, as a table (${metrics.timeZone})`)
      days.replaceChildren(...busy.toReversed().map((day) => rowOf(cellsOfDay(day))))
      people.replaceChildren(...metrics.people.map((person) => rowOf(cellsOfPerson(person))))
    },
  }
}

function factsOf(total: IncidentMetrics['total']): readonly HTMLElement[] {
  const facts = [
    ['Incidents', String(total.hunts)],
    ['Accepted', String(total.accepted)],
    ['Mean time to acknowledge', formatSeconds(total.secondsToAcknowledge?.mean)],
    ['Half within', formatSeconds(total.secondsToAcknowledge?.median)],
    ['9 of 10 within', formatSeconds(total.secondsToAcknowledge?.p90)],
    ['Calls per incident', total.hunts === 0 ? '–' : (total.attempts / total.hunts).toFixed(1)],
    ['Escalation rate', formatShare(total.escalationRate)],
  ] as const
  return facts.map(([term, value]) =>
    element('div', {}, element('dt', {}, term), element('dd', {}, value)),
  )
}

function cellsOfDay(day: Day): readonly string[] {
  const counts = [day.hunts, day.accepted, day.exhausted + day.failed, day.stopped, day.attempts]
  return [
    ...[day.day, ...counts.map(String), formatShare(day.escalationRate)],
    ...[day.secondsToAcknowledge?.median, day.secondsToAcknowledge?.p90].map(formatSeconds),
    formatSeconds(day.secondsToResolve?.median),
  ]
}

function cellsOfPerson(person: Person): readonly string[] {
  const { name, called, accepted, passedOn, escalated, undecided, secondsToDecide } = person
  const counts = [called, accepted, passedOn, escalated, undecided]
  return [name, ...counts.map(String), formatSeconds(secondsToDecide?.median)]
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
