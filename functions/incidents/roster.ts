import type { HttpResponseInit } from '@azure/functions'
import {
  type IncidentRoster,
  incidentRoster,
  isTimeZone,
  nextAgentQuery,
} from '../../schemas/index.ts'
import type { BackOfficeRequest } from '../back-office/credential.ts'
import type { Services } from '../services.ts'
import { inOrder } from './new-incident.ts'

/** The roster could not be read: its address does not answer, or with something else. */
export class RosterUnreadable extends Error {
  override readonly name = 'RosterUnreadable'
}

const timeoutMs = 3_000

/** The roster as it is now: that of the settings, or the one at `rosterUrl`. Throws `RosterUnreadable`. */
export async function readRoster({ settings }: Services): Promise<IncidentRoster> {
  const { roster, rosterUrl } = settings.centre.incidents ?? {}
  if (rosterUrl !== undefined) return fetchRoster(rosterUrl)
  if (roster) return roster
  throw new RosterUnreadable('No roster is configured: `roster` or `rosterUrl` of the incidents')
}

/** `GET /get_agent_list`: the roster. */
export async function getAgentList(_body: unknown, services: Services): Promise<HttpResponseInit> {
  return answer(services, (roster) => roster)
}

/** `GET /get_next_available_agent?index=n`: who stands at that place of `agent_list`; null behind its end. */
export async function getNextAgent(
  _body: unknown,
  services: Services,
  { query }: BackOfficeRequest,
): Promise<HttpResponseInit> {
  const { index } = nextAgentQuery.parse(Object.fromEntries(query))
  return answer(services, ({ agent_list: agents }) => ({
    selected_agent: inOrder(agents)[Number(index)] ?? null,
    total_agents: agents.length,
  }))
}

async function answer(
  services: Services,
  describe: (roster: IncidentRoster) => unknown,
): Promise<HttpResponseInit> {
  try {
    return { jsonBody: describe(await readRoster(services)) }
  } catch (error) {
    if (!(error instanceof RosterUnreadable)) throw error
    return { status: 502, jsonBody: { error: error.message } }
  }
}

async function fetchRoster(url: string): Promise<IncidentRoster> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) })
    if (!response.ok) throw new RosterUnreadable(`The roster’s address answers ${response.status}`)
    return withTimeZones(incidentRoster.parse(await response.json()))
  } catch (error) {
    if (error instanceof RosterUnreadable) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new RosterUnreadable(`The roster cannot be read: ${reason}`, { cause: error })
  }
}

// A hunt could not go on at somebody whose hours it cannot read.
function withTimeZones(roster: IncidentRoster): IncidentRoster {
  for (const { name, on_call: onCall } of [...roster.agent_list, ...roster.escalation_list]) {
    if (onCall && !isTimeZone(onCall.time_zone)) {
      throw new RosterUnreadable(`The roster names an unknown time zone for ${name}`)
    }
  }
  return roster
}
