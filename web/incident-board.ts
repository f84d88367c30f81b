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
import { createIncidentPast, type Incidents, incidentsAtOnce } from './incident-past.ts'

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
  let atEnd = false
  let shown: Incidents | undefined
  const past = createIncidentPast()
  // Something is known that did not come as news.
  let isNew = false
  let incidents: readonly IncidentItem[] = []
  const list = element('div', { class: 'hunts' })
  const updateList = keyedList(
    list,
    ({ incident }: IncidentCardState) => incident.id,
    (state) => createIncidentCard(state, { ...actions, resolveIncident }),
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
  const older = element(
    'button',
    {
      type: 'button',
      class: 'hunts-more',
      async click() {
        const than = shown && past.oldest(shown)
        if (than === undefined || older.disabled) return
        older.disabled = true
        const found = await actions.olderIncidents(than)
        older.disabled = false
        if (!found) return
        past.add(found)
        all = true
        atEnd = found.tickets.length < incidentsAtOnce
        isNew = true
      },
    },
    'Older incidents',
  )
  async function resolveIncident(id: string): Promise<boolean> {
    const isResolved = await actions.resolveIncident(id)
    if (isResolved) past.resolve(id)
    isNew = isResolved
    return isResolved
  }
  const form = createIncidentForm(actions.createIncident)
  return {
    element: element(
      'div',
      { class: 'incidents' },
      ...[form, empty, list, more, older, figures.element, announce.element],
    ),
    update({ tickets, hunts, metrics, phoneOf }, now) {
      announce.hear(hunts)
      if (isNew || shown?.tickets !== tickets || shown.hunts !== hunts) {
        const known = past.withNews({ tickets, hunts })
        incidents = toIncidents(known.tickets, known.hunts)
        shown = { tickets, hunts }
        isNew = false
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
      show(older, (all || over.length <= few) && tickets.length >= incidentsAtOnce && !atEnd, more)
      figures.update(metrics, now)
    },
  }
}
