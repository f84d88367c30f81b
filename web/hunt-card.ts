import type { HuntView } from '../schemas/index.ts'
import { formatMoment } from './clock-time.ts'
import { element, keyedList, type Part, setAttribute, setText, show } from './dom.ts'
import type { HuntActions } from './hunt-agent.ts'
import { createHuntCancel, type HuntCancelActions } from './hunt-cancel.ts'
import { type HuntStep, isLive, outcomeOf, toSteps } from './hunt-steps.ts'
import { createHuntTier } from './hunt-tier.ts'
import { createHuntTimeline } from './hunt-timeline.ts'

/** A hunt on the board. */
export type HuntCardState = {
  readonly hunt: HuntView
  /** The customer's number, where it is known. */
  readonly customer: string | null
  /** Shown whole as long as nobody folds it; the others only by their heading. */
  readonly unfolded: boolean
}

/** A hunt: how it stands, and tier by tier who was asked. */
export function createHuntCard(
  { hunt: first }: HuntCardState,
  actions: HuntActions & HuntCancelActions,
) {
  const title = titleOf(first)
  const bodyId = `hunt-${first.id}`
  let chosen: boolean | undefined
  let open = false
  let shown: HuntCardState | undefined
  let steps: readonly HuntStep[] = []

  const toggle = element(
    'button',
    {
      type: 'button',
      class: 'disclosure hunt-title',
      id: `${bodyId}-title`,
      'aria-controls': bodyId,
      click() {
        chosen = !open
        if (shown) unfold(shown)
      },
    },
    title,
  )
  const chip = element('span', { class: 'chip' })
  const about = element('p', { class: 'quiet hunt-about' })
  const why = element('p', { class: 'hunt-why' })
  const tiers = element('ol', { class: 'hunt-tiers', 'aria-label': 'Tiers' })
  const updateTiers = keyedList(
    tiers,
    ({ number }: HuntStep) => String(number),
    (step) => createHuntTier(first.id, step, actions),
  )
  const timeline = createHuntTimeline(title, `${bodyId}-timeline`)
  const cancel = createHuntCancel(first.id, title, actions)
  const parts = [why, tiers, timeline.element, cancel]
  const body = element('div', { id: bodyId, class: 'hunt-body' }, ...parts)
  const card = element(
    'article',
    { class: 'card hunt', 'aria-labelledby': toggle.id },
    element('header', { class: 'hunt-header' }, element('h3', {}, toggle), chip, about),
    body,
  )

  function unfold(state: HuntCardState): void {
    // Never under somebody's hands.
    const isUsed = open && body.contains(document.activeElement)
    open = chosen ?? (state.unfolded || isUsed)
    setAttribute(toggle, 'aria-expanded', String(open))
    show(body, open, toggle)
  }

  return {
    element: card,
    update(state, now) {
      if (shown?.hunt !== state.hunt) {
        const outcome = outcomeOf(state.hunt)
        setText(chip, outcome.word)
        setAttribute(chip, 'data-hunt', outcome.kind)
        setAttribute(card, 'data-state', state.hunt.state)
        setText(why, outcome.why)
        show(why, outcome.why !== '')
        steps = toSteps(state.hunt)
        timeline.update(state.hunt.timeline, now)
        show(cancel, isLive(state.hunt), toggle)
      }
      shown = state
      setText(about, describe(state, now))
      unfold(state)
      // Countdowns move by themselves.
      if (open) updateTiers(steps, now)
    },
  } satisfies Part<HuntCardState>
}

function titleOf({ reason, group }: HuntView): string {
  const text = reason ?? group?.replaceAll('_', ' ') ?? 'Hunt for an agent'
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function describe({ hunt, customer }: HuntCardState, now: number): string {
  const by = hunt.createdBy === null ? '' : ` by ${hunt.createdBy}`
  const ended = hunt.endedAt === null ? '' : `, ended ${formatMoment(hunt.endedAt, now)}`
  return [
    hunt.reason === null ? null : (hunt.group?.replaceAll('_', ' ') ?? null),
    customer && (isLive(hunt) ? `${customer} waits` : customer),
    `started ${formatMoment(hunt.createdAt, now)}${by}${ended}`,
  ]
    .filter(Boolean)
    .join(' · ')
}
