import { element } from '../../../web/index.ts'
import type { ConsoleMessage } from '../messages.ts'

type LiveEvent = Extract<ConsoleMessage, { kind: 'event' }>['event']

const KEPT_LINES = 200

/** What happened, in sentences, newest first. */
export function createEventLog() {
  const lines = element('ol', {
    class: 'log-lines',
    tabindex: '0',
    'aria-label': 'Events, newest first',
  })
  return {
    element: element('div', { class: 'card log' }, lines),
    add(event: LiveEvent) {
      lines.prepend(
        element(
          'li',
          { 'data-kind': event.kind },
          element('time', { datetime: new Date(event.at).toISOString() }, clockTime(event.at)),
          element('span', { class: 'log-kind' }, event.kind),
          element('span', { class: 'log-text' }, event.text),
        ),
      )
      while (lines.childElementCount > KEPT_LINES) lines.lastElementChild?.remove()
    },
    /** After a reconnection the centre tells the past again. */
    clear: () => lines.replaceChildren(),
  }
}

function clockTime(at: number): string {
  return new Date(at).toLocaleTimeString('en-GB', { hour12: false })
}
