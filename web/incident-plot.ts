import type { IncidentMetrics } from '../schemas/index.ts'
import { element, type Part, setAttribute, setText, show } from './dom.ts'
import { formatDuration } from './duration.ts'

type Day = IncidentMetrics['days'][number]

/** A day as a bar: how its hunts ended, one part on the other, and how long it took until somebody accepted. */
export type DayBar = {
  readonly day: string
  readonly x: number
  readonly width: number
  readonly parts: readonly {
    readonly kind: 'accepted' | 'stopped' | 'unanswered'
    readonly y: number
    readonly height: number
  }[]
  /** Mean time to acknowledge; empty where nobody accepted. */
  readonly label: string
  readonly title: string
}

const width = 560
const height = 120
const widest = 56
const gap = 8
// Above the highest bar stands its label.
const labelHeight = 18

/** The bars of these days; the highest fills the height. */
export function toBars(days: readonly Day[]): readonly DayBar[] {
  const most = Math.max(1, ...days.map(({ hunts }) => hunts))
  const barWidth = Math.min(widest, width / Math.max(1, days.length) - gap)
  return days.map((day, i) => {
    let y = height
    const parts = partsOf(day).map(([kind, count]) => {
      const part = (count / most) * (height - labelHeight)
      y -= part
      return { kind, y, height: part }
    })
    const { secondsToAcknowledge: seconds } = day
    return {
      day: day.day,
      x: i * (barWidth + gap),
      width: barWidth,
      parts: parts.filter((part) => part.height > 0),
      label: seconds === null ? '' : formatDuration(seconds * 1000),
      title: describe(day),
    }
  })
}

/** The figures of the last days: a bar a day, and a row for each person. */
export function createIncidentPlot(): Part<IncidentMetrics | undefined> {
  const plot = svg('svg', { viewBox: `0 0 ${width} ${height + labelHeight}`, role: 'img' })
  const rows = element('tbody')
  const head = [
    'Person',
    'Called',
    'Accepted',
    'Passed on',
    'Escalated',
    'No decision',
    'Decides in',
  ]
  const table = element(
    'table',
    { class: 'incident-people' },
    element(
      'thead',
      {},
      element('tr', {}, ...head.map((text) => element('th', { scope: 'col' }, text))),
    ),
    rows,
  )
  const caption = element(
    'p',
    { class: 'quiet' },
    'Incidents a day: accepted, stopped, nobody accepted. Above, the mean time until somebody accepted.',
  )
  const whole = element('div', { class: 'incident-figures card' }, caption, plot, table)
  let shown: IncidentMetrics | undefined
  return {
    element: whole,
    update(metrics) {
      show(whole, metrics !== undefined && metrics.days.length > 0)
      if (!metrics || metrics === shown) return
      shown = metrics
      setAttribute(plot, 'aria-label', metrics.days.map(describe).join('. '))
      plot.replaceChildren(...toBars(metrics.days).flatMap(drawBar))
      rows.replaceChildren(...metrics.people.map(rowOf))
    },
  }
}

function partsOf(day: Day): readonly (readonly [DayBar['parts'][number]['kind'], number])[] {
  return [
    ['accepted', day.accepted],
    ['stopped', day.stopped],
    ['unanswered', day.exhausted + day.failed],
  ]
}

function describe(day: Day): string {
  const seconds = day.secondsToAcknowledge
  const share =
    day.escalationRate === null ? '' : `, ${Math.round(day.escalationRate * 100)} % escalated`
  const accepted = seconds === null ? '' : `, on average after ${formatDuration(seconds * 1000)}`
  return `${day.day}: ${day.accepted} of ${day.hunts} accepted${accepted}${share}`
}

function drawBar({ day, x, width: barWidth, parts, label, title }: DayBar): readonly SVGElement[] {
  const bar = svg('g', {})
  const tip = svg('title', {})
  setText(tip, title)
  bar.append(
    tip,
    ...parts.map(({ kind, ...part }) =>
      svg('rect', {
        'data-part': kind,
        ...{ x: String(x), width: String(barWidth) },
        ...{ y: String(part.y), height: String(part.height) },
      }),
    ),
    textAt(x + barWidth / 2, (parts.at(-1)?.y ?? height) - 5, label),
    textAt(x + barWidth / 2, height + 14, day.slice(5)),
  )
  return [bar]
}

function textAt(x: number, y: number, text: string): SVGElement {
  const made = svg('text', { x: String(x), y: String(y), 'text-anchor': 'middle' })
  setText(made, text)
  return made
}

function rowOf(person: IncidentMetrics['people'][number]): HTMLElement {
  const { secondsToDecide: seconds } = person
  const cells = [
    ...[person.called, person.accepted, person.passedOn, person.escalated, person.undecided],
    seconds === null ? '–' : formatDuration(seconds * 1000),
  ]
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, person.name),
    ...cells.map((cell) => element('td', {}, String(cell))),
  )
}

function svg(tag: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  return made
}
