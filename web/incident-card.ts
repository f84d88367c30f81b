import type { IncidentView } from '../schemas/index.ts'
import { formatMoment } from './clock-time.ts'
import { element, keyedList, type Part, setAttribute, setText, show } from './dom.ts'
import { createHuntTimeline } from './hunt-timeline.ts'
import { type CallLine, createCallLine, describeOthers, toCallLines } from './incident-calls.ts'
import { type IncidentItem, type IncidentPhone, isHunting } from './incident-list.ts'
import { createIncidentNotes } from './incident-notes.ts'
import type { Incidents } from './incident-past.ts'
import { createIncidentPhone, type IncidentPhoneActions } from './incident-phone.ts'

/** What a person does about an incident. */
export type IncidentActions = {
  /** Resolves to whether it is open. */
  readonly createIncident: (description: string) => Promise<boolean>
  /** Resolves to whether it is resolved. */
  readonly resolveIncident: (id: string) => Promise<boolean>
  /** Those before this one; undefined: they could not be read. */
  readonly olderIncidents: (than: string) => Promise<Incidents | undefined>
} & IncidentPhoneActions

/** An incident on the board. */
export type IncidentCardState = {
  readonly incident: IncidentItem
  /** Of the person who is called now. */
  readonly phone: IncidentPhone | null
  /** Shown whole as long as nobody folds it; the others only by their heading. */
  readonly unfolded: boolean
}

const huntWords: Readonly<Record<IncidentView['state'], readonly [word: string, kind: string]>> = {
  hunting: ['Calling', 'ringing'],
  accepted: ['Accepted', 'joined'],
  exhausted: ['Nobody accepted', 'failed'],
  stopped: ['Stopped', 'quiet'],
  failed: ['Failed', 'failed'],
}

/** An incident: how it stands in ServiceNow, how its hunt stands, and who was called. */
export function createIncidentCard(
  { incident: { id, title } }: IncidentCardState,
  actions: IncidentActions,
): Part<IncidentCardState> {
  const bodyId = `incident-${id}`
  let chosen: boolean | undefined
  let open = false
  let shown: IncidentCardState | undefined

  const toggle = element(
    'button',
    {
      ...{ type: 'button', class: 'disclosure hunt-title', id: `${bodyId}-title` },
      'aria-controls': bodyId,
      click() {
        chosen = !open
        if (shown) unfold(shown)
      },
    },
    title,
  )
  const chip = element('span', { class: 'chip' })
  const about = element('p', { class: 'quiet hunt-about' })
  const phone = createIncidentPhone(actions)
  const calls = element('ol', { class: 'incident-calls', 'aria-label': 'Calls' })
  const updateCalls = keyedList(calls, ({ number }: CallLine) => String(number), createCallLine)
  const others = element('p', { class: 'quiet incident-others' })
  const notes = createIncidentNotes(title, `${bodyId}-notes`)
  const timeline = createHuntTimeline(title, `${bodyId}-timeline`)
  const resolve = element(
    'button',
    {
      ...{ type: 'button', class: 'incident-resolve', 'aria-label': `Resolve: ${title}` },
      click: () => void actions.resolveIncident(id),
    },
    'Resolve',
  )
  const ofHunt = [calls, notes.element, timeline.element]
  const body = element(
    'div',
    { id: bodyId, class: 'hunt-body' },
    ...[phone.element, calls, others, notes.element, timeline.element, resolve],
  )
  const card = element(
    'article',
    { class: 'card hunt', 'aria-labelledby': toggle.id },
    element('header', { class: 'hunt-header' }, element('h3', {}, toggle), chip, about),
    body,
  )

  function unfold({ unfolded }: IncidentCardState): void {
    // Never under somebody's hands.
    const isUsed = open && body.contains(document.activeElement)
    open = chosen ?? (unfolded || isUsed)
    setAttribute(toggle, 'aria-expanded', String(open))
    show(body, open, toggle)
  }

  return {
    element: card,
    update(state, now) {
      const { incident } = state
      const { hunt, ticket } = incident
      if (shown?.incident.hunt !== hunt || shown.incident.ticket !== ticket) {
        const [word, kind] = hunt ? huntWords[hunt.state] : [ticket?.state ?? '', 'quiet']
        setText(chip, word)
        setAttribute(chip, 'data-hunt', kind)
        setAttribute(card, 'data-state', isHunting(incident) ? 'offering' : 'over')
        const left = hunt ? describeOthers(hunt) : ''
        setText(others, left)
        show(others, left !== '')
        for (const each of ofHunt) show(each, hunt !== null, toggle)
        show(resolve, ticket !== null && !ticket.isOver, toggle)
        if (hunt) {
          notes.update(hunt.notes, now)
          timeline.update(hunt.timeline, now)
        }
      }
      // Tomorrow it says the day, too.
      setText(about, describe(incident, now))
      shown = state
      unfold(state)
      if (!open) return
      const current = isHunting(incident) ? hunt?.current : null
      phone.update(current ? { name: current.name, phone: state.phone } : null, now)
      if (hunt) updateCalls(toCallLines(hunt), now)
    },
  }
}

function describe({ ticket, hunt, createdAt }: IncidentItem, now: number): string {
  const ended = hunt?.endedAt ? `, ended ${formatMoment(hunt.endedAt, now)}` : ''
  const escalated = hunt?.attempts.filter(({ outcome }) => outcome === 'escalate').length ?? 0
  return [
    ticket && `Priority ${ticket.priority}`,
    hunt && ticket?.state,
    ticket?.assignedTo && `assigned to ${ticket.assignedTo}`,
    `opened ${formatMoment(createdAt, now)}${ended}`,
    hunt && hunt.round > 1 && `round ${hunt.round}`,
    escalated > 0 && `escalated ${escalated === 1 ? 'once' : `${escalated} times`}`,
    hunt && (hunt.acceptedBy === null ? hunt.why : `${hunt.acceptedBy} has it`),
  ]
    .filter(Boolean)
    .join(' · ')
}
