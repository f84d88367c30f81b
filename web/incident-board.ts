import type { IncidentMetrics, IncidentView } from '../schemas/index.ts'
import { element, keyedList, type Part, setText, show } from './dom.ts'
import { createIncidentCard } from './incident-card.ts'
import { createIncidentPlot } from './incident-plot.ts'

/** Hunts for incidents, the newest first, and the figures of the last days. */
export type IncidentBoardState = {
  readonly incidents: readonly IncidentView[]
  readonly metrics: IncidentMetrics | undefined
}

// Of those that are over, until somebody asks for more.
const few = 3

/** The board of incidents: who is being called about each, and how it went before. */
export function createIncidentBoard(): Part<IncidentBoardState> {
  let all = false
  const list = element('div', { class: 'hunts' })
  const updateList = keyedList(list, ({ id }: IncidentView) => id, createIncidentCard)
  const plot = createIncidentPlot()
  const empty = element(
    'p',
    { class: 'empty' },
    'No incident. ',
    element('code', {}, 'npm run incident'),
    ' opens one in ServiceNow: engineers are called one after the other until somebody accepts.',
  )
  const more = element('button', {
    type: 'button',
    class: 'hunts-more',
    click() {
      all = !all
    },
  })
  return {
    element: element('div', {}, empty, list, more, plot.element),
    update({ incidents, metrics }, now) {
      const over = incidents.filter(({ state }) => state !== 'hunting')
      const shown = new Set(all ? over : over.slice(0, few))
      updateList(
        incidents.filter((one) => one.state === 'hunting' || shown.has(one)),
        now,
      )
      show(empty, incidents.length === 0)
      show(more, over.length > few)
      setText(more, all ? 'Show fewer' : `Show ${over.length - few} more that are over`)
      plot.update(metrics, now)
    },
  }
}
