import { element, type Part, setAttribute, setText, show } from './dom.ts'
import { formatDuration } from './duration.ts'
import type { IncidentPhone } from './incident-list.ts'

/** What a person does with the phone of somebody on the roster. */
export type IncidentPhoneActions = {
  /** From then on the phone does nothing by itself until the call is over. */
  readonly pickUpPhone: (phone: IncidentPhone) => void
  readonly declinePhone: (phone: IncidentPhone) => void
  readonly pressOnPhone: (phone: IncidentPhone, digit: string) => void
  readonly hangUpPhone: (phone: IncidentPhone) => void
}

/** Whose phone it is, and the call at it; without one, the person is about to be called, or is decided upon. */
export type IncidentPhoneState = { readonly name: string; readonly phone: IncidentPhone | null }

// As the local Twilio tells what a leg does: nobody hears a key yet.
const beforeMenu = 'machine detection'
const keys = [
  ['1', 'Accept', 'go'],
  ['2', 'Next engineer', ''],
  ['3', 'Escalate', ''],
] as const

/** The phone that rings or talks about an incident, with its buttons. Null: nobody is called. */
export function createIncidentPhone(
  actions: IncidentPhoneActions,
): Part<IncidentPhoneState | null> {
  let phone: IncidentPhone | null = null
  const what = element('p', { class: 'desk-what' })
  const time = element('p', { class: 'desk-time' })
  const hears = element('p', { class: 'quiet incident-hears' })
  const button = (label: string, kind: string, act: (phone: IncidentPhone) => void) =>
    element('button', { type: 'button', class: kind, click: () => phone && act(phone) }, label)
  const pickUp = button('Pick up', 'go', actions.pickUpPhone)
  const decline = button('Decline', 'stop', actions.declinePhone)
  const ringing = [pickUp, decline]
  const keyButtons = keys.map(([digit, label, kind]) =>
    button(`${digit} ${label}`, kind, (at) => {
      if (at.doing !== beforeMenu) actions.pressOnPhone(at, digit)
    }),
  )
  const talking = [...keyButtons, button('Hang up', 'stop', actions.hangUpPhone)]
  const buttons = [...ringing, ...talking]
  // Holds the focus while no button fits, and hands it to the next that does.
  const row = element('div', { class: 'buttons', tabindex: '-1' }, ...buttons)
  const whole = element('div', { class: 'desk-call incident-phone' }, what, time, hears, row)

  function showOnly(fitting: readonly HTMLElement[]): void {
    for (const each of fitting) show(each, true)
    const [first = row] = fitting
    for (const each of buttons) if (!fitting.includes(each)) show(each, false, first)
    if (document.activeElement === row) first.focus()
  }

  return {
    element: whole,
    update(state, now) {
      show(whole, state !== null)
      phone = state?.phone ?? null
      if (!state) return
      setText(what, describe(state))
      setText(time, phone?.answeredAt ? formatDuration(now - phone.answeredAt) : '')
      const doing = phone?.answeredAt ? (phone.doing ?? '') : ''
      setText(hears, doing === beforeMenu ? 'Twilio listens whether a machine answered' : doing)
      // Not disabled: that would take the focus from them.
      for (const each of keyButtons) {
        setAttribute(each, 'aria-disabled', String(doing === beforeMenu))
      }
      show(hears, doing !== '')
      showOnly(phone === null ? [] : phone.answeredAt === null ? ringing : talking)
      for (const each of buttons) {
        setAttribute(each, 'aria-label', `${each.textContent}: ${state.name}’s phone`)
      }
    },
  }
}

function describe({ name, phone }: IncidentPhoneState): string {
  if (phone === null) return `${name} is called`
  return phone.answeredAt === null ? `${name}’s phone rings` : `${name} is on the phone`
}
