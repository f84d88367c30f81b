import type { IncidentMetrics, IncidentView } from '../schemas/index.ts'
import { createAnnouncer } from './announcer.ts'
import { element, keyedList, type Part, setText, show } from './dom.ts'
import {
  createIncidentCard,
  type IncidentActions,
  type IncidentCardState,
} from './incident-card.ts'
import { createIncidentFigures } from './incident-figures.ts'
import { createIncidentForm } from './incident-form.ts'
import {
  type IncidentItem,
  type IncidentPhone,
  type IncidentTicket,
  isHunting,
  toIncidents,
} from './incident-list.ts'

/** Incidents and their hunts, the newest first, and the figures of the last days. */
export type IncidentBoardState = {
  readonly tickets: readonly IncidentTicket[]
  readonly hunts: readonly IncidentView[]
  readonly metrics: IncidentMetrics | undefined
  /** The phone of the person whom the hunt calls now, once it rings. */
  readonly phoneOf: (hunt: IncidentView) => IncidentPhone | null
}

// Of those that are over, until somebody asks for more.
const few = 3
// Of those that are live; the others show how they stand by their heading.
const unfoldedAtMost = 4

/** The board of incidents: who is being called about each, and how it went before. */
export function createIncidentBoard(actions: IncidentActions): Part<IncidentBoardState> {
  let all = false
  let shown: Pick<IncidentBoardState, 'tickets' | 'hunts'> | undefined
  let incidents: readonly IncidentItem[] = []
  const list = element('div', { class: 'hunts' })
  const updateList = keyedList(
    list,
    ({ incident }: IncidentCardState) => incident.id,
    (state) => createIncidentCard(state, actions),
  )
  const figures = createIncidentFigures()
  const announce = createAnnouncer<IncidentView>('Incident', ({ state }) => state === 'hunting')
  const empty = element(
    'p',
    { class: 'quiet incident-none' },
    'No incident. Open one here, or by ',
    element('code', {}, 'npm run incident'),
    '.',
  )
  const more = element('button', {
    type: 'button',
    class: 'hunts-more',
    click() {
      all = !all
    },
  })
  const form = createIncidentForm(actions.createIncident)
  return {
    element: element(
      'div',
      { class: 'incidents' },
      ...[form, empty, list, more, figures.element, announce.element],
    ),
    update({ tickets, hunts, metrics, phoneOf }, now) {
      announce.hear(hunts)
      if (shown?.tickets !== tickets || shown.hunts !== hunts) {
        incidents = toIncidents(tickets, hunts)
        shown = { tickets, hunts }
      }
      const over = incidents.filter((one) => !isHunting(one))
      const seen = new Set(all ? over : over.slice(0, few))
      const cards = incidents.filter((one) => isHunting(one) || seen.has(one))
      updateList(
        cards.map((incident, index) => ({
          incident,
          phone: incident.hunt && phoneOf(incident.hunt),
          unfolded: index === 0 || (index < unfoldedAtMost && isHunting(incident)),
        })),
        now,
      )
      show(empty, incidents.length === 0)
      show(list, cards.length > 0)
      show(more, over.length > few)
      setText(more, all ? 'Show fewer' : `Show ${over.length - few} more that are over`)
      figures.update(metrics, now)
    },
  }
}
