import {
  element,
  formatDuration,
  keyedList,
  type Part,
  setAttribute,
  setText,
  show,
} from '../../../web/index.ts'
import type { toCallers } from './centre-state.ts'

type Call = ReturnType<typeof toCallers>[number]
type Row = { readonly call: Call; readonly shown: boolean }

/** The callers on the line, when there are several: one of them is on the phone above. */
export function createCallerList(
  choose: (callSid: string) => void,
): Part<{ readonly calls: readonly Call[]; readonly shownSid: string | null }> {
  const list = element('ul', { class: 'callers', 'aria-label': 'Callers on the line' })
  const updateList = keyedList(
    list,
    ({ call }: Row) => call.sid,
    ({ call }) => createRow(() => choose(call.sid)),
  )
  return {
    element: list,
    update({ calls, shownSid }, now) {
      const live = calls.filter((call) => !call.endedAt)
      const single = live.length === 1 && live[0]?.sid === shownSid
      show(list, live.length > 0 && !single)
      updateList(
        live.map((call) => ({ call, shown: call.sid === shownSid })),
        now,
      )
    },
  }
}

function createRow(choose: () => void): Part<Row> {
  const from = element('span')
  const time = element('span', { class: 'quiet' })
  const button = element('button', { type: 'button', click: choose }, from, time)
  return {
    element: element('li', {}, button),
    update({ call, shown }, now) {
      setText(from, call.from)
      setText(time, formatDuration(now - call.startedAt))
      setAttribute(button, 'aria-pressed', String(shown))
    },
  }
}
