import { element, show } from './dom.ts'

/** What a person may do about a hunt as a whole. */
export type HuntCancelActions = { readonly cancelHunt: (huntId: string) => void }

/** The button that cancels a live hunt, and the question that comes before it is done. */
export function createHuntCancel(
  huntId: string,
  title: string,
  actions: HuntCancelActions,
): HTMLElement {
  const start = element(
    'button',
    { type: 'button', class: 'plain-stop', 'aria-label': `Cancel: ${title}`, click: ask },
    'Cancel this hunt',
  )
  const keep = element('button', { type: 'button', click: back }, 'Keep it')
  const confirm = element(
    'button',
    {
      type: 'button',
      class: 'stop',
      click() {
        back()
        actions.cancelHunt(huntId)
      },
    },
    'Yes, cancel it',
  )
  const question = element(
    'div',
    {
      role: 'group',
      class: 'buttons hunt-question',
      hidden: true,
      'aria-label': `Cancel ${title}?`,
      keydown(event) {
        if (event instanceof KeyboardEvent && event.key === 'Escape') back()
      },
    },
    element('span', {}, 'All offers are withdrawn, and a phone that rings stops.'),
    confirm,
    keep,
  )

  function ask(): void {
    show(question, true)
    // Whoever presses the same key twice has cancelled nothing.
    show(start, false, keep)
  }
  function back(): void {
    show(start, true)
    show(question, false, start)
  }
  return element('div', { class: 'hunt-cancel' }, start, question)
}
