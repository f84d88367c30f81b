import type { IncidentMetrics } from '../schemas/index.ts'
import { setText } from './dom.ts'
import { formatDuration } from './duration.ts'

type Day = IncidentMetrics['days'][number]

/** How the hunts of a day ended, in the order in which they stand on each other. */
export const outcomeKinds = ['accepted', 'stopped', 'unanswered'] as const

/** The days of a plot, by their places on it. */
export type DayPlot = {
  /** The value at the top of each panel; the bottom is 0. */
  readonly topSeconds: number
  readonly topCount: number
  readonly days: readonly {
    readonly label: string
    readonly title: string
    /** The middle of the day. */
    readonly x: number
    /** Time to acknowledge, the median and what nine of ten kept to; null where nobody accepted. */
    readonly median: number | null
    readonly p90: number | null
    readonly bars: readonly {
      readonly kind: (typeof outcomeKinds)[number]
      readonly y: number
      readonly height: number
    }[]
  }[]
  readonly barWidth: number
}

/** Two panels, one above the other, on the same days. */
export const plotPanels = {
  left: 44,
  seconds: { top: 28, height: 56 },
  count: { top: 122, height: 72 },
  height: 214,
} as const

const widestBar = 30
// Round times, of which the smallest that fits is the top of the panel.
const roundSeconds = [15, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400]

/** Where everything stands in a plot of that width. */
export function toPlot(days: readonly Day[], width: number): DayPlot {
  const { left, seconds, count } = plotPanels
  const slot = (width - left) / Math.max(1, days.length)
  const topCount = Math.max(1, ...days.map(({ hunts }) => hunts))
  const longest = Math.max(0, ...days.map((day) => day.secondsToAcknowledge?.p90 ?? 0))
  const topSeconds = roundSeconds.find((round) => round >= longest) ?? longest
  const heightOf = (value: number) => seconds.top + seconds.height * (1 - value / topSeconds)
  return {
    topSeconds,
    topCount,
    barWidth: Math.min(widestBar, slot * 0.64),
    days: days.map((day, i) => {
      const took = day.secondsToAcknowledge
      let y = count.top + count.height
      const bars = outcomeKinds.map((kind) => {
        const height = (countOf(day, kind) / topCount) * count.height
        y -= height
        return { kind, y, height }
      })
      return {
        label: String(Number(day.day.slice(8))),
        title: describeDay(day),
        x: left + slot * (i + 0.5),
        median: took && heightOf(took.median),
        p90: took && heightOf(took.p90),
        bars: bars.filter(({ height }) => height > 0),
      }
    }),
  }
}

/** A day in a sentence. */
export function describeDay(day: Day): string {
  const took = day.secondsToAcknowledge
  const after = took ? `, half within ${formatSeconds(took.median)}` : ''
  const rate = day.escalationRate
  const escalated = rate === null ? '' : `, ${formatShare(rate)} escalated`
  return `${day.day}: ${day.accepted} of ${day.hunts} accepted${after}${escalated}`
}

/** `1:05`; `–` where there is none. */
export function formatSeconds(seconds: number | null | undefined): string {
  return typeof seconds === 'number' ? formatDuration(seconds * 1000) : '–'
}

/** `25 %`; `–` where there is nothing to divide. */
export function formatShare(share: number | null): string {
  return share === null ? '–' : `${Math.round(share * 100)}\u00a0%`
}

/** The plot as the children of an SVG of that width. */
export function drawPlot(days: readonly Day[], width: number): readonly SVGElement[] {
  const { left, seconds, count } = plotPanels
  const plot = toPlot(days, width)
  const axis = (panel: typeof seconds | typeof count, title: string, top: string) => [
    text(left - 8, panel.top - 13, title, { 'data-role': 'title', x: '0' }),
    ...[panel.top, panel.top + panel.height].map((y) =>
      shape('line', { x1: left, x2: width, y1: y, y2: y }),
    ),
    text(left - 8, panel.top + 4, top, { 'text-anchor': 'end' }),
    text(left - 8, panel.top + panel.height + 4, '0', { 'text-anchor': 'end' }),
  ]
  return [
    ...axis(seconds, 'Time to acknowledge: half, and nine of ten', formatSeconds(plot.topSeconds)),
    ...axis(count, 'Incidents', String(plot.topCount)),
    ...plot.days.map((day) => {
      const group = shape('g', {})
      const tip = shape('title', {})
      setText(tip, day.title)
      group.append(
        tip,
        ...day.bars.map(({ kind, y, height }) =>
          shape('rect', {
            ...{ x: day.x - plot.barWidth / 2, y, width: plot.barWidth, height },
            'data-part': kind,
          }),
        ),
        ...drawTimes(day),
        text(day.x, plotPanels.height - 4, day.label, { 'text-anchor': 'middle' }),
      )
      return group
    }),
  ]
}

// A dot at the median, and a line up from it.
function drawTimes({ x, median, p90 }: DayPlot['days'][number]): readonly SVGElement[] {
  if (median === null || p90 === null) return []
  return [
    shape('line', { x1: x, x2: x, y1: median, y2: p90, 'data-part': 'most' }),
    shape('circle', { cx: x, cy: median, r: 4.5 }),
  ]
}

function countOf(day: Day, kind: (typeof outcomeKinds)[number]): number {
  return kind === 'unanswered' ? day.exhausted + day.failed : day[kind]
}

function text(x: number, y: number, content: string, more: Readonly<Record<string, string>>) {
  const made = shape('text', { x, y, ...more })
  setText(made, content)
  return made
}

function shape(tag: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value))
  return made
}
