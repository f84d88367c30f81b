import type { DeskActions, DeskPhase, DeskState } from './desk.ts'
import { element, type Part, setText, show } from './dom.ts'
import { formatDuration, formatRemaining } from './duration.ts'

/** The part of a desk that rings: what goes on, for how long still, and the buttons that fit. */
export function createDeskCall(first: DeskState, actions: DeskActions): Part<DeskState> {
  let state = first
  // "Let it ring" is a decision about one call: it stays taken until another call rings.
  let letRingCallSid: string | null = null

  const what = element('p', { class: 'desk-what' })
  const time = element('p', { class: 'desk-time' })
  // Ringing is announced once; the countdown beside it is not, or it would be read out every second.
  const announcement = element('p', { class: 'visually-hidden', role: 'alert' })
  const button = (label: string, kind: string, act: (phase: DeskPhase) => void) =>
    element('button', { type: 'button', class: kind, click: () => act(state.phase) }, label)

  const pickUp = button('Pick up', 'go', (phase) => {
    if (phase.kind === 'ringing') actions.pickUp(phase.callSid)
  })
  const decline = button('Decline', 'stop', (phase) => {
    if (phase.kind === 'ringing') actions.decline(phase.callSid)
  })
  const letRing = button('Let it ring', '', (phase) => {
    if (phase.kind !== 'ringing' || !state.address) return
    letRingCallSid = phase.callSid
    actions.letRing(phase.callSid, state.address)
  })
  const hangUp = button('Hang up', 'stop', (phase) => {
    if (phase.kind === 'talking') actions.hangUp(phase.callSid)
  })
  const endWrapUp = button('End wrap-up', '', (phase) => {
    if (phase.kind === 'wrap-up') actions.endWrapUp(phase.taskSid)
  })
  const extendWrapUp = button('More time', '', (phase) => {
    if (phase.kind === 'wrap-up') actions.extendWrapUp(phase.taskSid)
  })
  const answer = (kind: 'accept' | 'reject') => (phase: DeskPhase) => {
    if (phase.kind === 'seat') actions.answerOffer(phase.huntId, state.workerSid, kind)
  }
  const accept = button('Accept', 'go', answer('accept'))
  const reject = button('Reject', 'plain-stop', answer('reject'))
  const buttons = [accept, reject, pickUp, decline, letRing, hangUp, endWrapUp, extendWrapUp]
  // Holds the focus while the call changes and no button fits, and hands it to the next that does.
  const row = element('div', { class: 'buttons', tabindex: '-1' }, ...buttons)

  function buttonsOf(phase: DeskPhase, ringsOn: boolean): readonly HTMLElement[] {
    if (phase.kind === 'ringing') return ringsOn ? [pickUp, decline] : [pickUp, decline, letRing]
    if (phase.kind === 'talking') return [hangUp]
    if (phase.kind === 'seat') return [accept, reject]
    return phase.kind === 'wrap-up' ? [endWrapUp, extendWrapUp] : []
  }

  function showOnly(fitting: readonly HTMLElement[]): void {
    const [first = row] = fitting
    for (const each of fitting) show(each, true)
    for (const each of buttons) if (!fitting.includes(each)) show(each, false, first)
    if (document.activeElement === row) first.focus()
  }

  return {
    element: element('div', { class: 'desk-call' }, what, time, announcement, row),
    update(next, now) {
      state = next
      const { phase, name } = next
      const ringsOn = phase.kind === 'ringing' && phase.callSid === letRingCallSid
      setText(what, describe(phase, ringsOn))
      setText(time, describeTime(phase, now))
      setText(announcement, announce(phase, name))
      showOnly(buttonsOf(phase, ringsOn))
      for (const each of buttons) {
        const label = `${each.textContent}: ${name}`
        if (each.getAttribute('aria-label') !== label) each.setAttribute('aria-label', label)
      }
    },
  }
}

function announce(phase: DeskPhase, name: string): string {
  if (phase.kind === 'ringing') return `${name}’s phone rings: ${phase.caller}`
  return phase.kind === 'seat' ? `${name} is offered a seat` : ''
}

function describe(phase: DeskPhase, ringsOn: boolean): string {
  switch (phase.kind) {
    case 'idle':
      return 'No call'
    case 'reserved':
      return 'A task is reserved'
    case 'seat':
      return 'Seat offered'
    case 'ringing':
      return ringsOn ? `${phase.caller} rings on` : `${phase.caller} is calling`
    case 'talking':
      return `Talking with ${phase.caller}`
    case 'wrap-up':
      return 'After-call work'
    default:
      throw new Error(`unknown phase ${JSON.stringify(phase satisfies never)}`)
  }
}

function describeTime(phase: DeskPhase, now: number): string {
  switch (phase.kind) {
    case 'talking':
      return formatDuration(now - phase.since)
    case 'seat':
    case 'ringing':
    case 'reserved':
      return phase.endsAt === null ? '' : `${formatRemaining(phase.endsAt, now)} to answer`
    case 'wrap-up':
      return phase.endsAt === null ? '' : `${formatRemaining(phase.endsAt, now)} left`
    case 'idle':
      return ''
    default:
      throw new Error(`unknown phase ${JSON.stringify(phase satisfies never)}`)
  }
}
