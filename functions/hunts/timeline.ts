import type { HuntView } from '../../schemas/index.ts'
import type { HistoryEntry, Hunt } from './hunt.ts'
import { describeTiers, isoTime } from './tier-view.ts'

/** The hunt for people: names instead of numbers, its history as sentences. */
export function describeHunt(hunt: Hunt): HuntView {
  const { agents, claim } = hunt
  const nameOf = (agent: number) => agents[agent]?.name ?? `agent ${agent}`
  const seated = claim && agents[claim.agent]
  const tiers = describeTiers(hunt)
  const carried = new Set(
    tiers[hunt.tier]?.agents.flatMap((agent) => (agent.carriedOver ? [agent.workerSid] : [])),
  )
  return {
    id: hunt.id,
    state: hunt.state,
    why: hunt.why,
    group: hunt.group,
    reason: hunt.reason,
    createdBy: hunt.createdBy,
    createdAt: isoTime(hunt.createdAt),
    endedAt: hunt.endedAt === null ? null : isoTime(hunt.endedAt),
    conferenceSid: hunt.conferenceSid,
    customerCallSid: hunt.customerCallSid,
    tier: hunt.tier + 1,
    tierEndsAt: isoTime(hunt.tierEndsAt),
    tiers,
    agents: agents.map(({ sid, name, state }, agent) => ({
      workerSid: sid,
      name,
      state,
      tier: hunt.tiers.findIndex((tier) => tier.agents.includes(agent)) + 1,
      carriedOver: carried.has(sid),
    })),
    seat:
      claim && seated
        ? { workerSid: seated.sid, name: seated.name, phase: claim.phase, callSid: claim.callSid }
        : null,
    timeline: hunt.history.map((entry) => ({
      at: isoTime(entry.at),
      text: sentence(entry, hunt, nameOf),
    })),
  }
}

function sentence(
  { what, tier, agents = [], text }: HistoryEntry,
  hunt: Hunt,
  nameOf: (agent: number) => string,
): string {
  const who = list(agents.map(nameOf))
  const many = agents.length > 1
  const declared = tier === undefined ? undefined : hunt.tiers[tier]
  const step = declared ? `tier ${(tier ?? 0) + 1} (${declared.name})` : 'the tier'
  switch (what) {
    case 'started':
      return `the hunt starts${text ? `: ${text}` : ''}`
    case 'tier':
      return `${step} begins, for ${declared?.seconds} s`
    case 'skipped':
      return `${step} ends at once: ${text}`
    case 'resumed':
      return `${step} goes on`
    case 'offered':
      return `offered to ${who}`
    case 'accepted':
      return agents.length > 0 ? `${who} accepts` : `accepted: ${text}`
    case 'rejected':
      return `${who} ${many ? 'reject' : 'rejects'}`
    case 'timedOut':
      return `${who} did not react`
    case 'rescinded':
      return `the offer to ${who} is withdrawn`
    case 'busy':
      return `${who} ${many ? 'are' : 'is'} busy`
    case 'away':
      return `${who} ${many ? 'are' : 'is'} away`
    case 'unanswered':
      return `${who} accepted, but could not be joined: ${text}`
    case 'picked up':
      return `${who} picked up and is asked for a key`
    case 'joined':
      return `${who} joins the conference`
    case 'left':
      return `${who} has left the conference`
    case 'customerLeft':
      return `${text}: the leg of ${who} ends`
    case 'fallback':
      return `fallback: ${text}`
    case 'told':
      return `the originator is ${text}`
    case 'away from Twilio':
      return `Twilio does not answer: ${text}`
    default:
      return text ? `${what}: ${text}` : what
  }
}

function list(names: readonly string[]): string {
  if (names.length < 2) return names.join('')
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
