import { element, formatClockTime } from '../../../web/index.ts'
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
  const box = element('div', { class: 'card log' })
  // Webhooks are most of what happens and least of what one wants to read.
  const webhooks = element('input', {
    type: 'checkbox',
    change: () => box.toggleAttribute('data-webhooks', webhooks.checked),
  })
  box.append(element('label', { class: 'log-filter' }, webhooks, 'Show webhooks'), lines)
  return {
    element: box,
    add(event: LiveEvent) {
      lines.prepend(
        element(
          'li',
          { 'data-kind': event.kind },
          element(
            'time',
            { datetime: new Date(event.at).toISOString() },
            formatClockTime(event.at),
          ),
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
