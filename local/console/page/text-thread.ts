import { element, formatClockTime, keyedList, type Part, show } from '../../../web/index.ts'

/** A text as it is shown. */
export type ShownText = {
  readonly sid: string
  readonly from: string
  readonly to: string
  readonly body: string
  readonly mediaUrls: readonly string[]
  readonly at: number
}

/** What the phone at `address` has sent and got, oldest first. */
export type Thread = { readonly address: string; readonly texts: readonly ShownText[] }

/** The texts of a phone, the newest at the bottom and in view. */
export function createTextThread(): Part<Thread> {
  const none = element('p', { class: 'quiet' }, 'No texts yet.')
  const list = element('ol', {
    class: 'thread',
    tabindex: '0',
    'aria-live': 'polite',
    'aria-label': 'Texts sent and received',
  })
  let address = ''
  let latest: string | undefined
  const updateList = keyedList(
    list,
    ({ sid }: ShownText) => `${address} ${sid}`,
    (text) => ({ element: createBubble(text, text.from === address), update() {} }),
  )
  return {
    element: element('div', { class: 'thread-frame' }, none, list),
    update(thread, now) {
      address = thread.address
      updateList(thread.texts, now)
      show(none, thread.texts.length === 0)
      show(list, thread.texts.length > 0)
      const newest = thread.texts.at(-1)?.sid
      if (newest !== latest) list.scrollTop = list.scrollHeight
      latest = newest
    },
  }
}

function createBubble(text: ShownText, isMine: boolean): HTMLElement {
  const other = isMine ? `to ${text.to}` : `from ${text.from}`
  const media = text.mediaUrls.map((url) =>
    element('a', { href: url, target: '_blank', rel: 'noreferrer' }, url),
  )
  return element(
    'li',
    { class: 'bubble', 'data-mine': isMine },
    element('p', { class: 'bubble-body' }, text.body),
    ...media,
    element('p', { class: 'bubble-foot' }, `${other} · ${formatClockTime(text.at)}`),
  )
}
