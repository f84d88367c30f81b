import type { HuntView } from '../schemas/index.ts'
import { formatClockTime } from './clock-time.ts'
import { element, type Part, setAttribute, setText, show } from './dom.ts'

type Timeline = HuntView['timeline']

/** What happened in a hunt: the last sentence, and all of them on demand. */
export function createHuntTimeline(title: string, id: string): Part<Timeline> {
  let open = false
  const last = element('span', { class: 'hunt-last' })
  const lines = element('ol', { id, class: 'hunt-lines', tabindex: '0', 'aria-label': 'Timeline' })
  const toggle = element(
    'button',
    {
      type: 'button',
      class: 'disclosure',
      'aria-controls': id,
      'aria-label': `Timeline: ${title}`,
      click() {
        open = !open
        unfold()
      },
    },
    'Timeline',
  )
  function unfold(): void {
    setAttribute(toggle, 'aria-expanded', String(open))
    show(lines, open, toggle)
    show(last, !open)
  }
  unfold()
  return {
    element: element('div', { class: 'hunt-timeline' }, toggle, last, lines),
    update(timeline) {
      // It only grows.
      for (const { at, text } of timeline.slice(lines.childElementCount)) {
        lines.append(
          element(
            'li',
            {},
            element('time', { datetime: at }, formatClockTime(at)),
            element('span', {}, text),
          ),
        )
      }
      const latest = timeline.at(-1)
      setText(last, latest ? `${formatClockTime(latest.at)}  ${latest.text}` : '')
    },
  }
}
