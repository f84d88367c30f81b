import { createDeskCall } from './desk-call.ts'
import type { Part } from './dom.ts'
import { element, setAttribute, setText, show } from './dom.ts'
import type { HuntActions } from './hunt-agent.ts'

/** What an agent's phone and task do at the moment. */
export type DeskPhase =
  | { readonly kind: 'idle' }
  | { readonly kind: 'reserved'; readonly endsAt: number | null }
  | { readonly kind: 'seat'; readonly huntId: string; readonly endsAt: number }
  | {
      readonly kind: 'ringing'
      readonly callSid: string
      readonly caller: string
      readonly endsAt: number | null
    }
  | {
      readonly kind: 'talking'
      readonly callSid: string
      readonly caller: string
      readonly since: number
    }
  | { readonly kind: 'wrap-up'; readonly taskSid: string; readonly endsAt: number | null }

/** One agent's desk. */
export type DeskState = {
  readonly workerSid: string
  readonly name: string
  /** The phone on the desk: `client:alice`, a number or a SIP address. */
  readonly address: string | null
  /** What the agent can do: `es, en · sales`. */
  readonly abilities: string
  readonly activitySid: string
  readonly activityName: string
  readonly available: boolean
  readonly activities: readonly { readonly sid: string; readonly friendlyName: string }[]
  /** Who is at the desk: this page, another one, or nobody. */
  readonly attendance: 'here' | 'elsewhere' | 'nobody'
  /** What the phone does while nobody is there, to follow “it …”: `answers after 3 s`. */
  readonly unattended: string | null
  readonly phase: DeskPhase
}

/** What a person does at a desk. */
export type DeskActions = {
  readonly take: (address: string) => void
  readonly leave: (address: string) => void
  readonly setActivity: (workerSid: string, activitySid: string) => void
  readonly pickUp: (callSid: string) => void
  readonly decline: (callSid: string) => void
  /** Leaves the phone ringing until the reservation times out. */
  readonly letRing: (callSid: string, address: string) => void
  readonly hangUp: (callSid: string) => void
  readonly endWrapUp: (taskSid: string) => void
  /** Asks for the same time again; the centre grants it once. */
  readonly extendWrapUp: (taskSid: string) => void
} & HuntActions

const deskLabels = {
  idle: '',
  reserved: 'Reserved',
  seat: 'Asked',
  ringing: 'Ringing',
  talking: 'On a call',
  'wrap-up': 'Wrap-up',
} as const

/** A desk: who sits there, the activity, and the phone. */
export function createDesk(first: DeskState, actions: DeskActions): Part<DeskState> {
  let state = first
  const heading = `desk-${first.workerSid}`
  const name = element('h3', { id: heading, class: 'desk-name' })
  const chip = element('span', { class: 'chip' })
  const abilities = element('p', { class: 'quiet' })
  const activity = element('select', {
    change: () => {
      // The choice is shown once the centre confirms it; until then the select follows the centre.
      const chosen = activity.value
      activity.value = state.activitySid
      actions.setActivity(state.workerSid, chosen)
    },
  })
  const attendance = element('p', { class: 'quiet desk-attendance' })
  const take = element(
    'button',
    {
      type: 'button',
      click: () => {
        if (!state.address) return
        if (state.attendance === 'here') actions.leave(state.address)
        else actions.take(state.address)
      },
    },
    'Take this desk',
  )
  const call = createDeskCall(first, actions)
  const article = element(
    'article',
    { class: 'card desk', 'aria-labelledby': heading },
    element('header', { class: 'desk-header' }, name, chip),
    abilities,
    call.element,
    element(
      'footer',
      { class: 'desk-footer' },
      element('label', { class: 'field' }, element('span', {}, 'Activity'), activity),
      take,
      attendance,
    ),
  )
  return {
    element: article,
    update(next, now) {
      state = next
      setText(name, next.name)
      setText(abilities, [next.address, next.abilities].filter(Boolean).join(' · '))
      const { kind } = next.phase
      setText(chip, kind === 'idle' ? next.activityName : deskLabels[kind])
      setAttribute(chip, 'data-state', chipState(next))
      setAttribute(article, 'data-phase', kind)
      updateActivities(activity, next)
      setText(take, next.attendance === 'here' ? 'Leave this desk' : 'Take this desk')
      setAttribute(take, 'aria-label', `${take.textContent}: ${next.name}`)
      show(take, next.address !== null && next.attendance !== 'elsewhere')
      setText(attendance, describeAttendance(next))
      call.update(next, now)
    },
  }
}

function chipState(state: DeskState): string {
  if (state.phase.kind !== 'idle') return state.phase.kind
  return state.available ? 'available' : 'away'
}

function describeAttendance(state: DeskState): string {
  if (!state.address) return 'No phone: this worker has no contact_uri.'
  if (state.attendance === 'here') return 'You are here: the phone waits for you.'
  if (state.attendance === 'elsewhere') return 'Taken in another window.'
  return `Nobody is here: it ${state.unattended ?? 'answers by itself'}.`
}

function updateActivities(select: HTMLSelectElement, state: DeskState): void {
  const wanted = state.activities.map(({ sid }) => sid).join()
  if (select.dataset['activities'] !== wanted) {
    select.dataset['activities'] = wanted
    select.replaceChildren(
      ...state.activities.map(({ sid, friendlyName }) =>
        element('option', { value: sid }, friendlyName),
      ),
    )
  }
  setAttribute(select, 'aria-label', `Activity of ${state.name}`)
  if (select.value !== state.activitySid) select.value = state.activitySid
}
