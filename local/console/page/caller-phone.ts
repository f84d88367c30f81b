import {
  element,
  formatDuration,
  type Part,
  setAttribute,
  setText,
  show,
} from '../../../web/index.ts'
import type { ConsoleState } from '../messages.ts'
import { createCallerList } from './caller-list.ts'
import { toCallers } from './centre-state.ts'
import { createKeypad } from './keypad.ts'

/** What the caller does. */
export type CallerActions = {
  /** Resolves to the new call's SID. */
  readonly call: (from: string, to: string) => Promise<string | undefined>
  readonly press: (callSid: string, digits: string) => void
  readonly hangUp: (callSid: string) => void
}

type Call = ReturnType<typeof toCallers>[number]

/** The phone outside the centre: dial, press keys, hear, hang up. */
export function createCallerPhone(actions: CallerActions): Part<ConsoleState> {
  let shownSid: string | null = null
  let shown: Call | undefined
  const placeCall = createDialForm(async (from, to) => {
    shownSid = (await actions.call(from, to)) ?? null
  })
  const status = element('p', { class: 'phone-status', role: 'status' })
  const time = element('p', { class: 'phone-time' })
  const hears = element('p', { class: 'hears', 'aria-live': 'polite' })
  const keypad = createKeypad((digit) => {
    if (shown && !shown.endedAt) actions.press(shown.sid, digit)
  })
  const hangUp = element(
    'button',
    { type: 'button', class: 'stop wide', click: () => shown && actions.hangUp(shown.sid) },
    'Hang up',
  )
  const another = element(
    'button',
    {
      type: 'button',
      class: 'wide',
      click: () => {
        shownSid = 'none'
        show(onCall, false)
        show(placeCall.element, true)
        placeCall.focus()
      },
    },
    'Place another call',
  )
  const onCall = element(
    'div',
    { class: 'on-call', hidden: true },
    element('div', { class: 'phone-line' }, status, time),
    hears,
    keypad.element,
    hangUp,
    another,
  )
  const callers = createCallerList((callSid) => {
    shownSid = callSid
  })
  return {
    element: element('div', { class: 'card phone' }, placeCall.element, onCall, callers.element),
    update(state, now) {
      placeCall.update(state)
      const calls = toCallers(state)
      // A call placed elsewhere (npm run call) is shown too, when this phone is not in use.
      const wanted = calls.find(({ sid }) => sid === shownSid)
      if (shownSid === null) shownSid = calls.find((call) => !call.endedAt)?.sid ?? null
      if (shownSid !== 'none' && shownSid !== null && !wanted && shown?.endedAt) shownSid = null
      shown = calls.find(({ sid }) => sid === shownSid)
      const live = shown !== undefined && shown.endedAt === null
      if (shown) {
        setText(status, describeStatus(shown))
        setText(time, formatDuration((shown.endedAt ?? now) - shown.startedAt))
        setText(hears, live ? describeDoing(shown.doing) : 'The call is over.')
      }
      setAttribute(onCall, 'data-live', String(live))
      show(onCall, shown !== undefined)
      show(placeCall.element, !live, hangUp)
      show(keypad.element, live)
      show(hangUp, live, placeCall.button)
      show(another, live)
      keypad.enable(live)
      callers.update({ calls, shownSid }, now)
    },
  }
}

function describeStatus(call: Call): string {
  if (call.endedAt !== null) return `${call.from} · ${call.status}`
  return call.answeredAt ? `${call.from} is on the line` : `${call.from} is calling`
}

/** What the caller hears, from what the leg does. */
function describeDoing(doing: string | null): string {
  if (doing === null) return 'Silence'
  const [, verb, rest = ''] = /^(\w+):? ?(.*)$/s.exec(doing) ?? []
  switch (verb) {
    case 'Say':
      return `“${rest}”`
    case 'Play':
      return 'Music plays.'
    case 'Gather':
      return 'The menu waits for a key.'
    case 'Enqueue':
      return 'In the queue, music plays.'
    case 'Record':
      return 'Records a message; hang up when it is said.'
    case 'bridged':
      return `Talks ${rest}`
    default:
      return doing
  }
}

function createDialForm(dial: (from: string, to: string) => Promise<void>) {
  const from = element('input', {
    name: 'from',
    type: 'tel',
    required: true,
    autocomplete: 'off',
    pattern: '\\+[1-9][0-9]{1,14}',
    title: 'a number with its country code, such as +12025550123',
    value: '+12025550123',
  })
  const to = element('select', { name: 'to', required: true })
  const button = element('button', { type: 'submit', class: 'go wide' }, 'Call')
  const form = element(
    'form',
    {
      class: 'dial',
      submit: (event) => {
        event.preventDefault()
        void dial(from.value.trim(), to.value)
      },
    },
    element('label', { class: 'field' }, element('span', {}, 'Your number'), from),
    element('label', { class: 'field' }, element('span', {}, 'Calls'), to),
    button,
  )
  return {
    element: form,
    button,
    focus: () => from.focus(),
    update({ view }: ConsoleState) {
      const numbers = view.numbers.map(({ phoneNumber }) => phoneNumber).join()
      button.disabled = view.numbers.length === 0
      if (to.dataset['numbers'] === numbers) return
      to.dataset['numbers'] = numbers
      to.replaceChildren(
        ...view.numbers.map(({ phoneNumber, friendlyName }) =>
          element(
            'option',
            { value: phoneNumber },
            friendlyName && friendlyName !== phoneNumber
              ? `${phoneNumber} · ${friendlyName}`
              : phoneNumber,
          ),
        ),
      )
    },
  }
}
