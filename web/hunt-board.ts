import type { HuntView } from '../schemas/index.ts'
import { element, keyedList, type Part, setText, show } from './dom.ts'
import type { HuntActions } from './hunt-agent.ts'
import { createHuntCard, type HuntCardState } from './hunt-card.ts'
import { isLive } from './hunt-steps.ts'

/** Hunts, the newest first. */
export type HuntBoardState = {
  readonly hunts: readonly HuntView[]
  /** The number of a customer by the SID of the call. */
  readonly customerOf: (callSid: string) => string | null
}

// Of those that are over, until somebody asks for more.
const FEW = 3
const MOST = 20
// Of those that are live; the others show how they stand by their heading.
const UNFOLDED = 4

/** The board of hunts: live ones, and the last that are over. */
export function createHuntBoard(actions: HuntActions): Part<HuntBoardState> {
  let all = false
  const list = element('div', { class: 'hunts' })
  const updateList = keyedList(
    list,
    ({ hunt }: HuntCardState) => hunt.id,
    (state) => createHuntCard(state, actions),
  )
  const empty = element(
    'p',
    { class: 'empty' },
    'No hunt runs. ',
    element('code', {}, 'npm run hunt'),
    ' starts one: a seat in a customer’s conference is offered to agents, tier by tier.',
  )
  const more = element('button', {
    type: 'button',
    class: 'hunts-more',
    click() {
      all = !all
    },
  })
  const announcement = element('p', { class: 'visually-hidden', 'aria-live': 'polite' })
  const announce = createAnnouncer(announcement)
  return {
    element: element('div', {}, empty, list, more, announcement),
    update({ hunts, customerOf }, now) {
      announce(hunts)
      const over = hunts.filter((hunt) => !isLive(hunt)).slice(0, MOST)
      const shown = new Set(all ? over : over.slice(0, FEW))
      const cards = hunts.filter((hunt) => isLive(hunt) || shown.has(hunt))
      updateList(
        cards.map((hunt, index) => ({
          hunt,
          customer: customerOf(hunt.customerCallSid),
          unfolded: index === 0 || (index < UNFOLDED && isLive(hunt)),
        })),
        now,
      )
      show(empty, cards.length === 0)
      show(more, over.length > FEW)
      setText(more, all ? 'Show fewer' : `Show ${over.length - FEW} more that are over`)
    },
  }
}

/** Tells screen readers what is new in live hunts; what was there when the page opened is not. */
function createAnnouncer(target: HTMLElement) {
  let heard: Map<string, number> | undefined
  let last: readonly HuntView[] | undefined
  return (hunts: readonly HuntView[]) => {
    if (hunts === last) return
    last = hunts
    const before = heard
    heard = new Map(hunts.map(({ id, timeline }) => [id, timeline.length]))
    if (!before) return
    const news = hunts
      .filter((hunt) => isLive(hunt) || before.has(hunt.id))
      .flatMap(({ id, timeline }) => timeline.slice(before.get(id) ?? 0).map(({ text }) => text))
    if (news.length > 0) setText(target, `Hunt: ${news.join('. ')}`)
  }
}
