import { element, setText } from './dom.ts'

/** What is told of: something with a history that only grows. */
type Told = { readonly id: string; readonly timeline: readonly { readonly text: string }[] }

/** Tells screen readers what is new in live ones, after `prefix`; what was there when the page opened is not told. */
export function createAnnouncer<Item extends Told>(
  prefix: string,
  isLive: (item: Item) => boolean,
) {
  const target = element('p', { class: 'visually-hidden', 'aria-live': 'polite' })
  let heard: Map<string, number> | undefined
  let last: readonly Item[] | undefined
  return {
    element: target,
    hear(items: readonly Item[]): void {
      if (items === last) return
      last = items
      const before = heard
      heard = new Map(items.map(({ id, timeline }) => [id, timeline.length]))
      if (!before) return
      const news = items
        .filter((item) => isLive(item) || before.has(item.id))
        .flatMap(({ id, timeline }) => timeline.slice(before.get(id) ?? 0).map(({ text }) => text))
      if (news.length > 0) setText(target, `${prefix}: ${news.join('. ')}`)
    },
  }
}
