import { element, type Part, setAttribute, setText, show } from './dom.ts'
import type { HuntAgent } from './hunt-steps.ts'

/** What a person does about a hunt. */
export type HuntActions = {
  readonly answerOffer: (huntId: string, workerSid: string, answer: 'accept' | 'reject') => void
}

/** An agent in a tier: the state, where the agent was carried, and the two answers while an offer is pending. */
export function createHuntAgent(
  huntId: string,
  { workerSid, name: first }: HuntAgent,
  actions: HuntActions,
): Part<HuntAgent> {
  const name = element('span', { class: 'hunt-name' }, first)
  const chip = element('span', { class: 'chip' })
  const carried = element('span', { class: 'hunt-carried' })
  const answer = (kind: 'accept' | 'reject', label: string, look: string) =>
    element(
      'button',
      {
        type: 'button',
        class: look,
        'aria-label': `${label}: ${first}`,
        click: () => actions.answerOffer(huntId, workerSid, kind),
      },
      label,
    )
  const buttons = element(
    'div',
    { class: 'buttons' },
    answer('accept', 'Accept', 'go'),
    answer('reject', 'Reject', 'plain-stop'),
  )
  // The focus comes here when the buttons go.
  const row = element('li', { class: 'hunt-agent', tabindex: '-1' }, name, chip, carried, buttons)
  return {
    element: row,
    update(agent) {
      setText(name, agent.name)
      setText(chip, agent.word)
      setAttribute(chip, 'data-hunt', agent.kind)
      setText(carried, agent.carried)
      show(carried, agent.carried !== '')
      setAttribute(row, 'data-hunt', agent.kind)
      show(buttons, agent.mayAnswer, row)
    },
  }
}
