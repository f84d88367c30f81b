import { element, keyedList, type Part, setAttribute, setText, show } from './dom.ts'
import { formatRemaining } from './duration.ts'
import { createHuntAgent, type HuntActions } from './hunt-agent.ts'
import type { HuntAgent, HuntStep } from './hunt-steps.ts'

/** A tier of a hunt: its agents, and what is left of its time. */
export function createHuntTier(
  huntId: string,
  first: HuntStep,
  actions: HuntActions,
): Part<HuntStep> {
  const number = element(
    'span',
    { class: 'hunt-number', 'aria-hidden': 'true' },
    String(first.number),
  )
  const title = element('h4', { 'aria-label': `Tier ${first.number}: ${first.name}` }, first.name)
  const time = element('span', { class: 'hunt-time' })
  const left = element('span')
  const bar = element('div', { class: 'hunt-bar', 'aria-hidden': 'true' }, left)
  const agents = element('ul', { class: 'hunt-agents' })
  const updateAgents = keyedList(
    agents,
    ({ workerSid }: HuntAgent) => workerSid,
    (agent) => createHuntAgent(huntId, agent, actions),
  )
  const nobody = element('p', { class: 'quiet' }, 'Nobody is left to ask.')
  const tier = element(
    'li',
    { class: 'hunt-tier' },
    element('header', { class: 'hunt-tier-header' }, number, title, time),
    bar,
    agents,
    nobody,
  )
  let shown: HuntStep | undefined
  return {
    element: tier,
    update(step, now) {
      showTime(step, now)
      if (step === shown) return
      shown = step
      setAttribute(tier, 'data-phase', step.phase)
      if (step.phase === 'now') setAttribute(tier, 'aria-current', 'step')
      else tier.removeAttribute('aria-current')
      updateAgents(step.agents, now)
      show(nobody, step.agents.length === 0)
    },
  }

  function showTime({ endsAt, seconds, note }: HuntStep, now: number): void {
    setText(time, endsAt === null ? note : `${formatRemaining(endsAt, now)} left`)
    const share = endsAt === null ? 0 : Math.max(0, Math.min(1, (endsAt - now) / (seconds * 1000)))
    left.style.setProperty('inline-size', `${(share * 100).toFixed(1)}%`)
    show(bar, endsAt !== null)
  }
}
