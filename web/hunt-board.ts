import type { HuntView } from '../schemas/index.ts'
import { createAnnouncer } from './announcer.ts'
import { element, keyedList, type Part, setText, show } from './dom.ts'
import type { HuntActions } from './hunt-agent.ts'
import type { HuntCancelActions } from './hunt-cancel.ts'
import { createHuntCard, type HuntCardState } from './hunt-card.ts'
import { isLive } from './hunt-steps.ts'

/** Hunts, the newest first. */
export type HuntBoardState = {
  readonly hunts: readonly HuntView[]
  /** How many live ones there are besides. */
  readonly unsent: number
  /** The number of a customer by the SID of the call. */
  readonly customerOf: (callSid: string) => string | null
}

// Of those that are over, until somebody asks for more.
const FEW = 3
const MOST = 20
// Of those that are live; the others show how they stand by their heading.
const UNFOLDED = 4

/** The board of hunts: live ones, and the last that are over. */
export function createHuntBoard(actions: HuntActions & HuntCancelActions): Part<HuntBoardState> {
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
  const others = element('p', { class: 'quiet hunts-others' })
  const announce = createAnnouncer<HuntView>('Hunt', isLive)
  return {
    element: element('div', {}, empty, list, others, more, announce.element),
    update({ hunts, unsent, customerOf }, now) {
      announce.hear(hunts)
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
      show(others, unsent > 0)
      setText(others, `and ${unsent} more, which started before these.`)
      show(more, over.length > FEW)
      setText(more, all ? 'Show fewer' : `Show ${over.length - FEW} more that are over`)
    },
  }
}
