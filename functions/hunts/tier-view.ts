import { agentStates, type HuntView } from '../../schemas/index.ts'
import type { AgentState, Hunt } from './hunt.ts'

type TierView = HuntView['tiers'][number]

/** Each tier with those whom it was for and what became of them. The history is read once, from the front. */
export function describeTiers(hunt: Hunt): TierView[] {
  const starts = hunt.history.flatMap(({ what }, i) => (what === 'tier' ? [i] : []))
  const states = hunt.agents.map((): AgentState => 'notOffered')
  return hunt.tiers.map(({ name, seconds, agents }, tier) => {
    const [from, to] = [starts[tier], starts[tier + 1]]
    const lasted = from === undefined ? [] : hunt.history.slice(from, to)
    const earlier = new Set(
      from === undefined ? [] : hunt.tiers.slice(0, tier).flatMap((before) => before.agents),
    )
    const members = [...new Set([...earlier, ...agents])].filter(
      (agent) => states[agent] !== 'rejected',
    )
    moveOn(states, lasted)
    return {
      name,
      seconds,
      startedAt: lasted[0] ? isoTime(lasted[0].at) : null,
      endedAt: endOf(hunt, from, to),
      skipped: lasted.find(({ what }) => what === 'skipped')?.text ?? null,
      agents: members.map((agent) => ({
        workerSid: hunt.agents[agent]?.sid ?? '',
        name: hunt.agents[agent]?.name ?? '',
        state: from === undefined ? 'notOffered' : (states[agent] ?? 'notOffered'),
        carriedOver: earlier.has(agent),
      })),
    }
  })
}

/** A moment as views say it. */
export function isoTime(at: number): string {
  return new Date(at).toISOString()
}

function moveOn(states: AgentState[], lasted: Hunt['history']): void {
  for (const [agent, state] of states.entries()) {
    // An offer of the tier before says nothing about this one; who was busy or away is so until something else is known.
    if (!['busy', 'away', 'rejected'].includes(state)) states[agent] = 'notOffered'
  }
  for (const { what, agents = [] } of lasted) {
    if (isAgentState(what)) for (const agent of agents) states[agent] = what
  }
}

function endOf(hunt: Hunt, from: number | undefined, to: number | undefined): string | null {
  if (from === undefined) return null
  const at = hunt.history[to ?? -1]?.at ?? hunt.endedAt
  return at === null ? null : isoTime(at)
}

function isAgentState(what: string): what is AgentState {
  return agentStates.some((state) => state === what)
}
